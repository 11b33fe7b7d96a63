# The world cut into pieces, or all of it but a little, is the world. A piece that one party owns is not.
resource "aws_default_vpc" "default" {}

resource "aws_default_subnet" "public" {
  availability_zone = "eu-central-1a"
}

resource "aws_security_group" "all_but_the_office" {
  vpc_id = aws_default_vpc.default.id
  ingress {
    from_port = 22
    to_port   = 22
    protocol  = "tcp"
    # expect: remote-admin-exposed "reachable from the internet"
    cidr_blocks = ["128.0.0.0/1", "64.0.0.0/2", "32.0.0.0/3", "16.0.0.0/4", "8.0.0.0/5", "4.0.0.0/6", "2.0.0.0/7"]
  }
}

resource "aws_instance" "all_but_the_office" {
  ami                    = "ami-0abcdef1234567890"
  instance_type          = "t3.micro"
  subnet_id              = aws_default_subnet.public.id
  vpc_security_group_ids = [aws_security_group.all_but_the_office.id]
}

resource "aws_security_group" "piece_by_rule" {
  vpc_id = aws_default_vpc.default.id
}

resource "aws_vpc_security_group_ingress_rule" "piece" {
  # expect: remote-admin-exposed "reachable from the internet"
  for_each          = toset(["0.0.0.0/2", "64.0.0.0/2", "128.0.0.0/2", "192.0.0.0/2"])
  security_group_id = aws_security_group.piece_by_rule.id
  ip_protocol       = "tcp"
  from_port         = 3389
  to_port           = 3389
  cidr_ipv4         = each.value
}

resource "aws_instance" "piece_by_rule" {
  ami                    = "ami-0abcdef1234567890"
  instance_type          = "t3.micro"
  subnet_id              = aws_default_subnet.public.id
  vpc_security_group_ids = [aws_security_group.piece_by_rule.id]
}

resource "aws_security_group" "one_party" {
  vpc_id = aws_default_vpc.default.id
  ingress {
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = ["203.0.113.0/25"] # ok: remote-admin-exposed
  }
}

resource "aws_instance" "one_party" {
  ami                    = "ami-0abcdef1234567890"
  instance_type          = "t3.micro"
  subnet_id              = aws_default_subnet.public.id
  vpc_security_group_ids = [aws_security_group.one_party.id]
}

# Nothing uses it.
resource "aws_security_group" "alone" {
  ingress {
    from_port = 22
    to_port   = 22
    protocol  = "tcp"
    # expect: remote-admin-exposed "Nothing here uses it"
    cidr_blocks = ["0.0.0.0/2", "64.0.0.0/2", "128.0.0.0/2", "192.0.0.0/2"]
  }
}
