resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_security_group" "lone" {
  vpc_id = aws_vpc.main.id

  ingress {
    from_port   = 5432
    to_port     = 5432
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"] # expect: data-store-exposed
  }
  # A second line that opens the same.
  ingress {
    from_port        = 5432
    to_port          = 5432
    protocol         = "tcp"
    ipv6_cidr_blocks = ["::/0"] # expect: data-store-exposed
  }
  ingress {
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = ["10.0.0.0/16"] # ok: remote-admin-exposed
  }
}

# Used, by a machine that no address of the internet leads to.
resource "aws_security_group" "used" {
  vpc_id = aws_vpc.main.id

  ingress {
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"] # ok: remote-admin-exposed
  }
}

resource "aws_subnet" "inside" {
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.0.1.0/24"
}

resource "aws_instance" "inside" {
  ami                    = "ami-0abcdef1234567890"
  instance_type          = "t3.micro"
  subnet_id              = aws_subnet.inside.id
  vpc_security_group_ids = [aws_security_group.used.id]
}

resource "aws_subnet" "empty" {
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.0.2.0/24"
}

# Of a subnet in which nothing stands: the first rule that matches decides.
resource "aws_network_acl" "empty" {
  vpc_id     = aws_vpc.main.id
  subnet_ids = [aws_subnet.empty.id]

  ingress {
    protocol   = "tcp"
    rule_no    = 100
    action     = "deny"
    cidr_block = "0.0.0.0/0"
    from_port  = 22
    to_port    = 22
  }
  ingress {
    protocol   = "tcp"
    rule_no    = 200
    action     = "allow"
    cidr_block = "0.0.0.0/0" # ok: remote-admin-exposed
    from_port  = 22
    to_port    = 22
  }
  ingress {
    protocol   = "tcp"
    rule_no    = 300
    action     = "allow"
    cidr_block = "0.0.0.0/0" # expect: remote-admin-exposed
    from_port  = 3389
    to_port    = 3389
  }
}

# What holds whoever names none lets everybody in by default.
resource "aws_default_network_acl" "standard" {
  default_network_acl_id = aws_vpc.main.default_network_acl_id

  ingress {
    protocol   = "-1"
    rule_no    = 100
    action     = "allow"
    cidr_block = "0.0.0.0/0" # ok: port-range-exposed
    from_port  = 0
    to_port    = 0
  }
}
