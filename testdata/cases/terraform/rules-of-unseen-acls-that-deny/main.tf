# Beside a denial nobody knows which of them comes first, since the ACL is somewhere else.
variable "acl" {}

resource "aws_network_acl_rule" "no_ssh" {
  network_acl_id = var.acl
  rule_number    = 90
  protocol       = "tcp"
  from_port      = 22
  to_port        = 22
  rule_action    = "deny"
  cidr_block     = "0.0.0.0/0"
}

resource "aws_network_acl_rule" "ssh" {
  network_acl_id = var.acl
  rule_number    = 100
  protocol       = "tcp"
  from_port      = 22
  to_port        = 22
  rule_action    = "allow"
  cidr_block     = "0.0.0.0/0" # ok: remote-admin-exposed
}
