# The default network, however it comes in, and ranges that are not for networks.

data "aws_vpc" "given" {
  default = true
}

data "aws_vpc" "found" {
  tags = { Name = "shop" }
}

resource "aws_subnet" "a" {
  vpc_id     = data.aws_vpc.given.id
  cidr_block = "172.31.200.0/24"
}

resource "aws_subnet" "b" {
  vpc_id     = data.aws_vpc.found.id
  cidr_block = "10.0.1.0/24"
}

resource "aws_instance" "a" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  subnet_id     = aws_subnet.a.id # expect: default-network
}

resource "aws_instance" "b" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  subnet_id     = aws_subnet.b.id # ok: default-network
}

# Called so, and not in the code: likely the default one, and nobody can tell.
resource "aws_subnet" "c" { # expect: public-range-inside
  vpc_id     = aws_vpc.default.id
  cidr_block = "172.2.0.0/24"
}

resource "aws_instance" "c" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  subnet_id     = aws_subnet.c.id # undecided: default-network
}
