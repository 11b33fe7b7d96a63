/** A root module, and the plan of it. */
import { constant, type Planned, planText, refers } from './recorded.fixture.ts';

export const CODE = `resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}
resource "aws_security_group" "web" {
  vpc_id = aws_vpc.main.id
  ingress {
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }
  ingress {
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = var.admins
  }
}
variable "admins" {}
`;

export const VPC: Planned = {
  address: 'aws_vpc.main',
  values: { cidr_block: '10.0.0.0/16', ipv6_cidr_block: null },
  unknown: { id: true },
};
/** The blocks of a set stand in an order of the provider's. */
export const GROUP: Planned = {
  address: 'aws_security_group.web',
  values: {
    ingress: [
      { from_port: 22, to_port: 22, protocol: 'tcp', cidr_blocks: ['192.0.2.0/24'], description: '' },
      { from_port: 443, to_port: 443, protocol: 'tcp', cidr_blocks: ['0.0.0.0/0'], description: '' },
    ],
    timeouts: null,
  },
  unknown: { id: true, vpc_id: true, ingress: [{ cidr_blocks: [false] }, {}] },
};
export const BLOCKS = {
  resources: {
    'aws_vpc.main': { cidr_block: constant('10.0.0.0/16') },
    'aws_security_group.web': {
      vpc_id: refers('aws_vpc.main.id', 'aws_vpc.main'),
      ingress: [
        {
          from_port: constant(443),
          to_port: constant(443),
          protocol: constant('tcp'),
          cidr_blocks: constant(['0.0.0.0/0']),
        },
        {
          from_port: constant(22),
          to_port: constant(22),
          protocol: constant('tcp'),
          cidr_blocks: refers('var.admins'),
        },
      ],
    },
  },
};
export const PLAN = planText([VPC, GROUP], BLOCKS);
