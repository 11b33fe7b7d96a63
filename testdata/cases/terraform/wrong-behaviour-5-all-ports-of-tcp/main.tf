# Every port of TCP is every port, whether the protocol says so or the range.
resource "aws_default_vpc" "default" {}

resource "aws_default_subnet" "public" {
  availability_zone = "eu-central-1a"
}

resource "aws_security_group" "all_of_tcp" {
  vpc_id = aws_default_vpc.default.id
  ingress {
    from_port   = 0
    to_port     = 65535
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"] # expect: port-range-exposed
  }
}

resource "aws_instance" "all_of_tcp" {
  ami                    = "ami-0abcdef1234567890"
  instance_type          = "t3.micro"
  subnet_id              = aws_default_subnet.public.id
  vpc_security_group_ids = [aws_security_group.all_of_tcp.id]
}

resource "aws_security_group" "most_of_tcp" {
  vpc_id = aws_default_vpc.default.id
  ingress {
    from_port   = 1024
    to_port     = 65535
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"] # expect: port-range-exposed
  }
}

resource "aws_instance" "most_of_tcp" {
  ami                    = "ami-0abcdef1234567890"
  instance_type          = "t3.micro"
  subnet_id              = aws_default_subnet.public.id
  vpc_security_group_ids = [aws_security_group.most_of_tcp.id]
}

# Nothing uses it.
resource "aws_security_group" "alone" {
  ingress {
    from_port   = 0
    to_port     = 65535
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"] # expect: port-range-exposed "Nothing here uses it"
  }
}
