# expect: guard-selects-nothing "nothing uses it"
resource "aws_security_group" "forgotten" {
  name = "forgotten"
}

# Nobody carries it, and its own rule does not use it.
# expect: guard-selects-nothing
resource "aws_security_group" "ruled" {
  name = "ruled"
}

resource "aws_vpc_security_group_ingress_rule" "ruled" {
  security_group_id = aws_security_group.ruled.id
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_ipv4         = "10.0.0.0/8"
}

# ok: guard-selects-nothing
resource "aws_security_group" "machine" {
  name = "machine"
}

resource "aws_instance" "machine" {
  ami                    = "ami-0abcdef1234567890"
  instance_type          = "t3.micro"
  vpc_security_group_ids = [aws_security_group.machine.id]
}

# ok: guard-selects-nothing
resource "aws_security_group" "handed_on" {
  name = "handed-on"
}

module "web" {
  source = "./web"
  groups = [aws_security_group.handed_on.id]
}

# ok: guard-selects-nothing
resource "aws_security_group" "containers" {
  name = "containers"
}

resource "aws_ecs_service" "api" {
  name = "api"
  network_configuration {
    subnets         = ["subnet-0a"]
    security_groups = [aws_security_group.containers.id]
  }
}

# Of a type that is not read for itself.
# ok: guard-selects-nothing
resource "aws_security_group" "directory" {
  name = "directory"
}

resource "aws_workspaces_directory" "main" {
  directory_id = "d-1234567890"
  workspace_creation_properties {
    custom_security_group_id = aws_security_group.directory.id
  }
}

# Named as a caller: somebody has it whom the code does not show.
# ok: guard-selects-nothing
resource "aws_security_group" "callers" {
  name = "callers"
}

resource "aws_security_group_rule" "callers" {
  type                     = "ingress"
  security_group_id        = aws_security_group.machine.id
  source_security_group_id = aws_security_group.callers.id
  protocol                 = "tcp"
  from_port                = 8080
  to_port                  = 8080
}

# ok: guard-selects-nothing
resource "aws_security_group" "told" {
  name = "told"
}

output "group" {
  value = aws_security_group.told.id
}

# ok: guard-selects-nothing
resource "aws_security_group" "given" {
  name = "given"
}

module "elsewhere" {
  source             = "example/cluster/aws"
  version            = "1.0.0"
  security_group_ids = [aws_security_group.given.id]
}
