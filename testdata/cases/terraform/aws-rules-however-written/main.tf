# No network is named: the default one of the account, whose subnets give public addresses.
resource "aws_instance" "web" {
  ami           = "ami-0abcdef1234567890"
  instance_type = "t3.micro"
  vpc_security_group_ids = [
    aws_security_group.apart.id,
    aws_security_group.single.id,
    aws_security_group.attribute.id,
    aws_security_group.itself.id,
    aws_security_group.repeated.id,
  ]
}

resource "aws_security_group" "apart" {
  name = "apart"
}

resource "aws_security_group_rule" "apart" {
  type              = "ingress"
  security_group_id = aws_security_group.apart.id
  protocol          = "tcp"
  from_port         = 22
  to_port           = 22
  cidr_blocks       = ["0.0.0.0/0"] # expect: remote-admin-exposed
}

resource "aws_security_group" "single" {
  name = "single"
}

resource "aws_vpc_security_group_ingress_rule" "single" {
  security_group_id = aws_security_group.single.id
  ip_protocol       = "tcp"
  from_port         = 3389
  to_port           = 3389
  cidr_ipv4         = "0.0.0.0/0" # expect: remote-admin-exposed
}

resource "aws_security_group" "attribute" {
  name = "attribute"
  ingress = [{
    description      = ""
    from_port        = 5432
    to_port          = 5432
    protocol         = "tcp"
    cidr_blocks      = ["0.0.0.0/0"] # expect: data-store-exposed
    ipv6_cidr_blocks = []
    prefix_list_ids  = []
    security_groups  = []
    self             = false
  }]
}

# Its members, and everybody: two sources of one rule.
resource "aws_security_group" "itself" {
  name = "itself"
  ingress {
    from_port   = 5900
    to_port     = 5900
    protocol    = "tcp"
    self        = true
    cidr_blocks = ["0.0.0.0/0"] # expect: remote-admin-exposed
  }
  ingress {
    from_port = 23
    to_port   = 23
    protocol  = "tcp"
    self      = true # ok: remote-admin-exposed
  }
}

variable "ports" {
  default = [5985, 27017]
}

resource "aws_security_group" "repeated" {
  name = "repeated"
  dynamic "ingress" {
    for_each = var.ports
    content {
      from_port = ingress.value
      to_port   = ingress.value
      protocol  = "tcp"
      # expect: remote-admin-exposed "5985"
      # expect: data-store-exposed "27017"
      cidr_blocks = ["0.0.0.0/0"]
    }
  }
}
