# Addresses count, not their spelling: a few of one party are not the internet, and everybody is, also by a variable, a local or a function.
resource "aws_default_vpc" "default" {}

resource "aws_default_subnet" "public" {
  availability_zone = "eu-central-1a"
}

variable "callers" {
  type    = list(string)
  default = ["0.0.0.0/0"] # expect: remote-admin-exposed
}

locals {
  pair  = "203.0.113.8/31"
  world = cidrsubnet("0.0.0.0/0", 0, 0) # expect: remote-admin-exposed
}

resource "aws_security_group" "two_addresses" {
  vpc_id = aws_default_vpc.default.id
  ingress {
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = ["203.0.113.8/31"] # ok: remote-admin-exposed
  }
  ingress {
    from_port   = 3389
    to_port     = 3389
    protocol    = "tcp"
    cidr_blocks = [local.pair] # ok: remote-admin-exposed
  }
}

resource "aws_instance" "two_addresses" {
  ami                    = "ami-0abcdef1234567890"
  instance_type          = "t3.micro"
  subnet_id              = aws_default_subnet.public.id
  vpc_security_group_ids = [aws_security_group.two_addresses.id]
}

resource "aws_security_group" "by_variable" {
  vpc_id = aws_default_vpc.default.id
  ingress {
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = var.callers
  }
}

resource "aws_instance" "by_variable" {
  ami                    = "ami-0abcdef1234567890"
  instance_type          = "t3.micro"
  subnet_id              = aws_default_subnet.public.id
  vpc_security_group_ids = [aws_security_group.by_variable.id]
}

resource "aws_security_group" "by_local" {
  vpc_id = aws_default_vpc.default.id
  ingress {
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = [local.world]
  }
}

resource "aws_instance" "by_local" {
  ami                    = "ami-0abcdef1234567890"
  instance_type          = "t3.micro"
  subnet_id              = aws_default_subnet.public.id
  vpc_security_group_ids = [aws_security_group.by_local.id]
}

# Nothing uses it.
resource "aws_security_group" "alone" {
  ingress {
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = ["203.0.113.8/31"] # ok: remote-admin-exposed
  }
}
