# Everybody has many spellings.
resource "aws_default_vpc" "default" {}

resource "aws_default_subnet" "public" {
  availability_zone = "eu-central-1a"
}

resource "aws_security_group" "halves" {
  vpc_id = aws_default_vpc.default.id
  ingress {
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/1", "128.0.0.0/1"] # expect: remote-admin-exposed
  }
}

resource "aws_instance" "halves" {
  ami                    = "ami-0abcdef1234567890"
  instance_type          = "t3.micro"
  subnet_id              = aws_default_subnet.public.id
  vpc_security_group_ids = [aws_security_group.halves.id]
}

resource "aws_security_group" "many_quarters" {
  vpc_id = aws_default_vpc.default.id
  ingress {
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/2", "64.0.0.0/2", "128.0.0.0/2", "192.0.0.0/2"] # expect: remote-admin-exposed
  }
}

resource "aws_instance" "many_quarters" {
  ami                    = "ami-0abcdef1234567890"
  instance_type          = "t3.micro"
  subnet_id              = aws_default_subnet.public.id
  vpc_security_group_ids = [aws_security_group.many_quarters.id]
}

# Nothing uses these.
resource "aws_security_group" "alone_halves" {
  ingress {
    from_port        = 22
    to_port          = 22
    protocol         = "tcp"
    cidr_blocks = ["0.0.0.0/1", "128.0.0.0/1"] # expect: remote-admin-exposed "Nothing here uses it"
  }
}

resource "aws_security_group" "alone_short" {
  ingress {
    from_port        = 22
    to_port          = 22
    protocol         = "tcp"
    ipv6_cidr_blocks = ["0::/0"] # expect: remote-admin-exposed "Nothing here uses it"
  }
}

resource "aws_security_group" "alone_zeroes" {
  ingress {
    from_port        = 22
    to_port          = 22
    protocol         = "tcp"
    ipv6_cidr_blocks = ["::0/0"] # expect: remote-admin-exposed "Nothing here uses it"
  }
}

resource "aws_security_group" "alone_long" {
  ingress {
    from_port        = 22
    to_port          = 22
    protocol         = "tcp"
    ipv6_cidr_blocks = ["0000:0000:0000:0000:0000:0000:0000:0000/0"] # expect: remote-admin-exposed "Nothing here uses it"
  }
}

resource "aws_security_group" "alone_halves_of_six" {
  ingress {
    from_port        = 22
    to_port          = 22
    protocol         = "tcp"
    ipv6_cidr_blocks = ["::/1", "8000::/1"] # expect: remote-admin-exposed "Nothing here uses it"
  }
}
