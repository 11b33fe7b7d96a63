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

resource "aws_security_group" "host_bits" {
  vpc_id = aws_default_vpc.default.id
  ingress {
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = ["203.0.113.7/0"] # expect: remote-admin-exposed
  }
}

resource "aws_instance" "host_bits" {
  ami                    = "ami-0abcdef1234567890"
  instance_type          = "t3.micro"
  subnet_id              = aws_default_subnet.public.id
  vpc_security_group_ids = [aws_security_group.host_bits.id]
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
