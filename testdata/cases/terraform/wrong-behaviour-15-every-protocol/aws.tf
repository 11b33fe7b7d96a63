# A rule for every protocol is a rule for TCP: what it opens counts on each port of the range, by whatever name.
resource "aws_default_vpc" "default" {}

resource "aws_default_subnet" "public" {
  availability_zone = "eu-central-1a"
}

resource "aws_security_group" "every_protocol" {
  vpc_id = aws_default_vpc.default.id
  # With every protocol AWS looks at no port: the range below says nothing.
  ingress {
    from_port   = 5432
    to_port     = 5432
    protocol    = "-1"
    cidr_blocks = ["0.0.0.0/0"] # expect: port-range-exposed
  }
}

resource "aws_instance" "every_protocol" {
  ami                    = "ami-0abcdef1234567890"
  instance_type          = "t3.micro"
  subnet_id              = aws_default_subnet.public.id
  vpc_security_group_ids = [aws_security_group.every_protocol.id]
}

resource "aws_security_group" "by_word" {
  vpc_id = aws_default_vpc.default.id
  ingress {
    from_port   = 0
    to_port     = 0
    protocol    = "all"
    cidr_blocks = ["0.0.0.0/0"] # expect: port-range-exposed
  }
}

resource "aws_instance" "by_word" {
  ami                    = "ami-0abcdef1234567890"
  instance_type          = "t3.micro"
  subnet_id              = aws_default_subnet.public.id
  vpc_security_group_ids = [aws_security_group.by_word.id]
}

resource "aws_security_group" "tcp_by_number" {
  vpc_id = aws_default_vpc.default.id
  ingress {
    from_port   = 5432
    to_port     = 5432
    protocol    = 6
    cidr_blocks = ["0.0.0.0/0"] # expect: data-store-exposed
  }
}

resource "aws_instance" "tcp_by_number" {
  ami                    = "ami-0abcdef1234567890"
  instance_type          = "t3.micro"
  subnet_id              = aws_default_subnet.public.id
  vpc_security_group_ids = [aws_security_group.tcp_by_number.id]
}

# Nothing uses it.
resource "aws_security_group" "alone" {
  ingress {
    from_port   = 5432
    to_port     = 5432
    protocol    = "-1"
    cidr_blocks = ["0.0.0.0/0"] # expect: port-range-exposed "Nothing here uses it"
  }
}
