# What is written and lets nobody through: rules without callers, rules without ports, settings that nothing takes up.

resource "aws_vpc" "shop" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_security_group" "web" {
  description = "Web servers"
  vpc_id      = aws_vpc.shop.id

  # expect: latent-opening
  ingress {
    description = "Nobody is named"
    protocol    = "tcp"
    from_port   = 443
    to_port     = 443
  }
}

resource "aws_security_group" "jobs" {
  description = "Whoever they are, somebody else says"
  vpc_id      = aws_vpc.shop.id

  # ok: latent-opening
  ingress {
    description = "Callers that a caller of this module names"
    protocol    = "tcp"
    from_port   = 443
    to_port     = 443
    cidr_blocks = []
  }
}

resource "aws_vpc_security_group_ingress_rule" "jobs" {
  description       = "From 0 to 0"
  security_group_id = aws_security_group.jobs.id
  cidr_ipv4         = "10.0.0.0/8"
  ip_protocol       = "tcp"
  from_port         = 0 # expect: latent-opening
  to_port           = 0
}

resource "aws_network_acl" "shop" {
  vpc_id = aws_vpc.shop.id

  ingress {
    rule_no    = 100
    action     = "allow"
    protocol   = "tcp"
    from_port  = 0 # expect: latent-opening
    to_port    = 0
    cidr_block = "0.0.0.0/0"
  }

  # What shuts out nobody opens nothing either.
  egress {
    rule_no    = 100
    action     = "deny"
    protocol   = "tcp"
    from_port  = 0 # ok: latent-opening
    to_port    = 0
    cidr_block = "0.0.0.0/0"
  }
}

# What the module says of its group and rules is nobody's text here.
module "ranges" { # ok: undescribed-guard, undescribed-grant
  source              = "terraform-aws-modules/security-group/aws"
  version             = "5.3.1"
  name                = "ranges"
  vpc_id              = aws_vpc.shop.id
  ingress_cidr_blocks = ["10.0.0.0/8"] # ok: latent-opening
  egress_rules        = ["all-all"]
}

module "next" {
  source                   = "terraform-aws-modules/security-group/aws"
  version                  = "5.3.1"
  name                     = "next"
  vpc_id                   = aws_vpc.shop.id
  ingress_ipv6_cidr_blocks = ["fc00::/8", "::/0"] # expect: latent-opening
}

module "network" {
  source                  = "terraform-aws-modules/vpc/aws"
  version                 = "3.19.0"
  cidr                    = "10.1.0.0/16"
  private_subnets         = ["10.1.1.0/24"]
  map_public_ip_on_launch = true # expect: ineffective-setting
}

module "rules" {
  source  = "terraform-aws-modules/vpc/aws"
  version = "3.19.0"
  cidr    = "10.2.0.0/16"

  # expect: ineffective-setting
  default_network_acl_ingress = [{
    rule_no    = 100
    action     = "deny"
    protocol   = "-1"
    from_port  = 0
    to_port    = 0
    cidr_block = "0.0.0.0/0"
  }]
}

# What AWS does anyway, written down: nobody is misled by it.
module "written_down" {
  source  = "terraform-aws-modules/vpc/aws"
  version = "3.19.0"
  cidr    = "10.5.0.0/16"

  # ok: ineffective-setting
  default_network_acl_ingress = [
    { rule_no = 100, action = "allow", protocol = "-1", from_port = 0, to_port = 0, cidr_block = "0.0.0.0/0" },
    { rule_no = 101, action = "allow", protocol = "-1", from_port = 0, to_port = 0, ipv6_cidr_block = "::/0" },
  ]
}

# AWS lets everything of the other family through as well.
module "one_family" {
  source      = "terraform-aws-modules/vpc/aws"
  version     = "3.19.0"
  cidr        = "10.6.0.0/16"
  enable_ipv6 = true

  # expect: ineffective-setting
  default_network_acl_egress = [
    { rule_no = 100, action = "allow", protocol = "-1", from_port = 0, to_port = 0, cidr_block = "0.0.0.0/0" },
  ]
}

module "one_port" {
  source  = "terraform-aws-modules/vpc/aws"
  version = "3.19.0"
  cidr    = "10.7.0.0/16"

  # expect: ineffective-setting "AWS lets everything through it"
  default_network_acl_ingress = [
    { rule_no = 100, action = "allow", protocol = "tcp", from_port = 443, to_port = 443, cidr_block = "0.0.0.0/0" },
  ]
}

# What the variables hold is not in the code; what stands beside them is known.
variable "handed" {} # ok: ineffective-setting

module "rules_from_elsewhere" {
  source  = "terraform-aws-modules/vpc/aws"
  version = "3.19.0"
  cidr    = "10.8.0.0/16"

  default_network_acl_ingress    = var.handed # ok: ineffective-setting
  default_security_group_ingress = []         # expect: ineffective-setting
}

module "ports_from_elsewhere" {
  source  = "terraform-aws-modules/security-group/aws"
  version = "4.0.0"
  name    = "ports"
  vpc_id  = aws_vpc.shop.id

  description         = "Callers"
  ingress_rules       = var.handed
  ingress_cidr_blocks = ["0.0.0.0/0"] # undecided: latent-opening
}

# From version 4 on the module manages them.
module "newer" {
  source  = "terraform-aws-modules/vpc/aws"
  version = "5.0.0"
  cidr    = "10.3.0.0/16"

  # ok: ineffective-setting
  default_network_acl_ingress = [{
    rule_no    = 100
    action     = "deny"
    protocol   = "-1"
    from_port  = 0
    to_port    = 0
    cidr_block = "0.0.0.0/0"
  }]
}

variable "protocol" {}

resource "aws_security_group" "later" {
  description = "Workers"
  # With the protocol -1 it is every port.
  ingress {
    description = "Whatever is asked for" # ok: latent-opening
    protocol    = var.protocol
    from_port   = 0
    to_port     = 0
    cidr_blocks = ["10.0.0.0/8"]
  }
}

# Only our own models may tell a trait.
resource "aws_vpc" "own" {
  cidr_block = "10.4.0.0/16"
}

resource "portolan_trait" "own" {
  of      = aws_vpc.own.id
  trait   = "ineffective-setting"
  setting = "anything" # ok: ineffective-setting
  because = "somebody says so"
}
