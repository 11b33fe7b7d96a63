# Rules of a network ACL that is somewhere else: what one lets in is told, and answers are no way in.
variable "acl" {}

resource "aws_network_acl_rule" "ssh" {
  network_acl_id = var.acl
  rule_number    = 100
  protocol       = "tcp"
  from_port      = 22
  to_port        = 22
  rule_action    = "allow"
  cidr_block     = "0.0.0.0/0" # expect: remote-admin-exposed
}

resource "aws_network_acl_rule" "answers" {
  network_acl_id = var.acl
  rule_number    = 110
  protocol       = "tcp"
  from_port      = 1024
  to_port        = 65535
  rule_action    = "allow"
  cidr_block     = "0.0.0.0/0" # ok: port-range-exposed
}
