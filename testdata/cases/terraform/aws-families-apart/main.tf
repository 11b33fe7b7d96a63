# Addresses of IPv6 are of the internet, where a route leads there; a public address of IPv4 is reached over IPv4 alone.
resource "aws_vpc" "main" {
  cidr_block                       = "10.6.0.0/16"
  assign_generated_ipv6_cidr_block = true
}

resource "aws_internet_gateway" "main" {
  vpc_id = aws_vpc.main.id
}

resource "aws_egress_only_internet_gateway" "main" {
  vpc_id = aws_vpc.main.id
}

resource "aws_route_table" "both" {
  vpc_id = aws_vpc.main.id
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.main.id
  }
  route {
    ipv6_cidr_block = "::/0"
    gateway_id      = aws_internet_gateway.main.id
  }
}

resource "aws_route_table" "out" {
  vpc_id = aws_vpc.main.id
  route {
    ipv6_cidr_block        = "::/0"
    egress_only_gateway_id = aws_egress_only_internet_gateway.main.id
  }
}

resource "aws_subnet" "six" {
  vpc_id                          = aws_vpc.main.id
  cidr_block                      = "10.6.1.0/24"
  ipv6_cidr_block                 = cidrsubnet(aws_vpc.main.ipv6_cidr_block, 8, 1)
  assign_ipv6_address_on_creation = true
}

resource "aws_subnet" "four" {
  vpc_id                  = aws_vpc.main.id
  cidr_block              = "10.6.2.0/24"
  map_public_ip_on_launch = true
}

resource "aws_subnet" "out" {
  vpc_id                          = aws_vpc.main.id
  cidr_block                      = "10.6.3.0/24"
  ipv6_cidr_block                 = cidrsubnet(aws_vpc.main.ipv6_cidr_block, 8, 3)
  assign_ipv6_address_on_creation = true
}

resource "aws_route_table_association" "six" {
  subnet_id      = aws_subnet.six.id
  route_table_id = aws_route_table.both.id
}

resource "aws_route_table_association" "four" {
  subnet_id      = aws_subnet.four.id
  route_table_id = aws_route_table.both.id
}

resource "aws_route_table_association" "out" {
  subnet_id      = aws_subnet.out.id
  route_table_id = aws_route_table.out.id
}

resource "aws_security_group" "six" {
  vpc_id = aws_vpc.main.id
  ingress {
    from_port        = 22
    to_port          = 22
    protocol         = "tcp"
    ipv6_cidr_blocks = ["0::/0"] # expect: remote-admin-exposed
  }
  ingress {
    from_port   = 3389
    to_port     = 3389
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"] # ok: remote-admin-exposed
  }
}

resource "aws_security_group" "four" {
  vpc_id = aws_vpc.main.id
  ingress {
    from_port        = 22
    to_port          = 22
    protocol         = "tcp"
    ipv6_cidr_blocks = ["::/0"] # ok: remote-admin-exposed
  }
}

resource "aws_security_group" "out" {
  vpc_id = aws_vpc.main.id
  ingress {
    from_port        = 22
    to_port          = 22
    protocol         = "tcp"
    ipv6_cidr_blocks = ["::/0"] # ok: remote-admin-exposed
  }
}

resource "aws_instance" "six" {
  ami                    = "ami-0abcdef1234567890"
  instance_type          = "t3.micro"
  subnet_id              = aws_subnet.six.id
  vpc_security_group_ids = [aws_security_group.six.id]
}

resource "aws_instance" "four" {
  ami                    = "ami-0abcdef1234567890"
  instance_type          = "t3.micro"
  subnet_id              = aws_subnet.four.id
  vpc_security_group_ids = [aws_security_group.four.id]
}

resource "aws_instance" "out" {
  ami                    = "ami-0abcdef1234567890"
  instance_type          = "t3.micro"
  subnet_id              = aws_subnet.out.id
  vpc_security_group_ids = [aws_security_group.out.id]
}
