data "aws_availability_zones" "available" {}

module "vpc" {
  source  = "terraform-aws-modules/vpc/aws"
  version = "~> 5.0"

  name               = "main"
  cidr               = "10.0.0.0/16"
  azs                = slice(data.aws_availability_zones.available.names, 0, 2)
  public_subnets     = ["10.0.1.0/24", "10.0.2.0/24"]
  private_subnets    = ["10.0.11.0/24", "10.0.12.0/24"]
  enable_nat_gateway = true
}

module "open" {
  source  = "terraform-aws-modules/security-group/aws"
  version = "~> 5.0"

  name                = "open"
  vpc_id              = module.vpc.vpc_id
  ingress_cidr_blocks = ["0.0.0.0/0"] # expect: remote-admin-exposed "reachable from the internet"
  ingress_rules       = ["ssh-tcp", "https-443-tcp"]
}

module "office" {
  source  = "terraform-aws-modules/security-group/aws"
  version = "~> 5.0"

  name   = "office"
  vpc_id = module.vpc.vpc_id
  ingress_with_cidr_blocks = [
    { rule = "ssh-tcp", cidr_blocks = "203.0.113.0/29" }, # ok: remote-admin-exposed
    { rule = "rdp-tcp", cidr_blocks = "0.0.0.0/0" },      # expect: remote-admin-exposed
  ]
}

module "bastion" {
  source  = "terraform-aws-modules/ec2-instance/aws"
  version = "~> 5.0"

  for_each = {
    open   = module.open.security_group_id
    office = module.office.security_group_id
  }
  ami                         = "ami-0abcdef1234567890"
  subnet_id                   = module.vpc.public_subnets[0]
  vpc_security_group_ids      = [each.value]
  associate_public_ip_address = true
}

module "inside" {
  source  = "terraform-aws-modules/security-group/aws//modules/ssh"
  version = "~> 5.0"

  name                = "inside"
  vpc_id              = module.vpc.vpc_id
  ingress_cidr_blocks = ["0.0.0.0/0"] # ok: remote-admin-exposed
}

# The private subnets lead outside by the NAT gateway only.
module "worker" {
  source  = "terraform-aws-modules/ec2-instance/aws"
  version = "~> 5.0"

  ami                         = "ami-0abcdef1234567890"
  subnet_id                   = module.vpc.private_subnets[1]
  vpc_security_group_ids      = [module.inside.security_group_id]
  associate_public_ip_address = true
}
