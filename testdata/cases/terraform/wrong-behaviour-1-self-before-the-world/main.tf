# A rule for members of the group itself neither hides a later rule that lets in the world, nor the addresses beside it.
resource "aws_default_vpc" "default" {}

resource "aws_default_subnet" "public" {
  availability_zone = "eu-central-1a"
}

resource "aws_security_group" "self_first" {
  vpc_id = aws_default_vpc.default.id
  ingress {
    from_port = 22
    to_port   = 22
    protocol  = "tcp"
    self      = true # ok: remote-admin-exposed
  }
  ingress {
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"] # expect: remote-admin-exposed
  }
}

resource "aws_instance" "self_first" {
  ami                    = "ami-0abcdef1234567890"
  instance_type          = "t3.micro"
  subnet_id              = aws_default_subnet.public.id
  vpc_security_group_ids = [aws_security_group.self_first.id]
}

resource "aws_security_group" "both_in_one" {
  vpc_id = aws_default_vpc.default.id
  ingress {
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    self        = true
    cidr_blocks = ["0.0.0.0/0"] # expect: remote-admin-exposed
  }
}

resource "aws_instance" "both_in_one" {
  ami                    = "ami-0abcdef1234567890"
  instance_type          = "t3.micro"
  subnet_id              = aws_default_subnet.public.id
  vpc_security_group_ids = [aws_security_group.both_in_one.id]
}

resource "aws_security_group" "only_itself" {
  vpc_id = aws_default_vpc.default.id
  ingress {
    from_port = 22
    to_port   = 22
    protocol  = "tcp"
    self      = true # ok: remote-admin-exposed
  }
}

resource "aws_instance" "only_itself" {
  ami                    = "ami-0abcdef1234567890"
  instance_type          = "t3.micro"
  subnet_id              = aws_default_subnet.public.id
  vpc_security_group_ids = [aws_security_group.only_itself.id]
}

# Nothing uses it: what it would let in is told all the same, one step less severe.
resource "aws_security_group" "alone" {
  vpc_id = aws_default_vpc.default.id
  ingress {
    from_port = 22
    to_port   = 22
    protocol  = "tcp"
    self      = true # ok: remote-admin-exposed
  }
  ingress {
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    self        = true
    cidr_blocks = ["0.0.0.0/0"] # expect: remote-admin-exposed "Nothing here uses it"
  }
}
