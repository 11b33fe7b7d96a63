# SSH and RDP by number alone are told by protocol: 22/udp is nothing that anybody logs in by.
resource "aws_default_vpc" "default" {}

resource "aws_default_subnet" "public" {
  availability_zone = "eu-central-1a"
}

resource "aws_security_group" "udp" {
  vpc_id = aws_default_vpc.default.id
  ingress {
    from_port   = 22
    to_port     = 22
    protocol    = "udp"
    cidr_blocks = ["0.0.0.0/0"] # ok: remote-admin-exposed
  }
}

resource "aws_instance" "udp" {
  ami                    = "ami-0abcdef1234567890"
  instance_type          = "t3.micro"
  subnet_id              = aws_default_subnet.public.id
  vpc_security_group_ids = [aws_security_group.udp.id]
}

resource "aws_security_group" "number_of_tcp" {
  vpc_id = aws_default_vpc.default.id
  ingress {
    from_port   = 22
    to_port     = 22
    protocol    = "6"
    cidr_blocks = ["0.0.0.0/0"] # expect: remote-admin-exposed
  }
}

resource "aws_instance" "number_of_tcp" {
  ami                    = "ami-0abcdef1234567890"
  instance_type          = "t3.micro"
  subnet_id              = aws_default_subnet.public.id
  vpc_security_group_ids = [aws_security_group.number_of_tcp.id]
}

# RDP over UDP begins over TCP: alone it lets nobody in, and multiplies what it is sent.
resource "aws_security_group" "rdp_over_udp" {
  vpc_id = aws_default_vpc.default.id
  ingress {
    from_port   = 3389
    to_port     = 3389
    protocol    = "udp"
    cidr_blocks = ["0.0.0.0/0"] # expect: udp-exposed # ok: remote-admin-exposed
  }
}

resource "aws_instance" "rdp_over_udp" {
  ami                    = "ami-0abcdef1234567890"
  instance_type          = "t3.micro"
  subnet_id              = aws_default_subnet.public.id
  vpc_security_group_ids = [aws_security_group.rdp_over_udp.id]
}

# Nothing uses it.
resource "aws_security_group" "alone" {
  vpc_id = aws_default_vpc.default.id
  ingress {
    from_port   = 22
    to_port     = 22
    protocol    = "udp"
    cidr_blocks = ["0.0.0.0/0"] # ok: remote-admin-exposed
  }
  ingress {
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"] # expect: remote-admin-exposed "Nothing here uses it"
  }
}
