# Lists of subnets know no connections: what comes in has to be let out again, to the ports at which callers take answers.
resource "aws_default_vpc" "default" {}

resource "aws_default_subnet" "answered" {
  availability_zone = "eu-central-1a"
}

resource "aws_default_subnet" "mute" {
  availability_zone = "eu-central-1b"
}

resource "aws_default_subnet" "shut" {
  availability_zone = "eu-central-1c"
}

resource "aws_network_acl" "answered" {
  vpc_id     = aws_default_vpc.default.id
  subnet_ids = [aws_default_subnet.answered.id]
  ingress {
    rule_no    = 100
    action     = "allow"
    protocol   = "tcp"
    from_port  = 22
    to_port    = 22
    cidr_block = "0.0.0.0/0"
  }
  egress {
    rule_no    = 100
    action     = "allow"
    protocol   = "tcp"
    from_port  = 32768
    to_port    = 65535
    cidr_block = "0.0.0.0/0"
  }
}

resource "aws_network_acl" "mute" {
  vpc_id     = aws_default_vpc.default.id
  subnet_ids = [aws_default_subnet.mute.id]
  ingress {
    rule_no    = 100
    action     = "allow"
    protocol   = "tcp"
    from_port  = 22
    to_port    = 22
    cidr_block = "0.0.0.0/0"
  }
  # The ports of updates and nothing else.
  egress {
    rule_no    = 100
    action     = "allow"
    protocol   = "tcp"
    from_port  = 443
    to_port    = 443
    cidr_block = "0.0.0.0/0"
  }
}

resource "aws_network_acl" "shut" {
  vpc_id     = aws_default_vpc.default.id
  subnet_ids = [aws_default_subnet.shut.id]
}

resource "aws_network_acl_rule" "ssh_in" {
  network_acl_id = aws_network_acl.shut.id
  rule_number    = 100
  rule_action    = "allow"
  protocol       = "tcp"
  from_port      = 22
  to_port        = 22
  cidr_block     = "0.0.0.0/0"
}

resource "aws_network_acl_rule" "answers_kept" {
  network_acl_id = aws_network_acl.shut.id
  egress         = true
  rule_number    = 90
  rule_action    = "deny"
  protocol       = "tcp"
  from_port      = 1024
  to_port        = 65535
  cidr_block     = "0.0.0.0/0"
}

resource "aws_network_acl_rule" "everything_else_out" {
  network_acl_id = aws_network_acl.shut.id
  egress         = true
  rule_number    = 100
  rule_action    = "allow"
  protocol       = "-1"
  cidr_block     = "0.0.0.0/0"
}

resource "aws_security_group" "answered" {
  ingress {
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"] # expect: remote-admin-exposed
  }
}

resource "aws_security_group" "mute" {
  ingress {
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"] # ok: remote-admin-exposed
  }
}

resource "aws_security_group" "shut" {
  ingress {
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"] # ok: remote-admin-exposed
  }
}

resource "aws_instance" "answered" {
  ami                    = "ami-0abcdef1234567890"
  instance_type          = "t3.micro"
  subnet_id              = aws_default_subnet.answered.id
  vpc_security_group_ids = [aws_security_group.answered.id]
}

resource "aws_instance" "mute" {
  ami                    = "ami-0abcdef1234567890"
  instance_type          = "t3.micro"
  subnet_id              = aws_default_subnet.mute.id
  vpc_security_group_ids = [aws_security_group.mute.id]
}

resource "aws_instance" "shut" {
  ami                    = "ami-0abcdef1234567890"
  instance_type          = "t3.micro"
  subnet_id              = aws_default_subnet.shut.id
  vpc_security_group_ids = [aws_security_group.shut.id]
}
