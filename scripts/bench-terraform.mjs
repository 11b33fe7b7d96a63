// The evaluation of a root module alone, from 100 to 10,000 resources: time, growth.
//   node scripts/bench-terraform.mjs            the table that `npm run bench` prints
//   node scripts/bench-terraform.mjs RESOURCES  one measurement, as JSON

import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const SIZES = [100, 1_000, 3_000, 10_000];

const SERVICE = `variable "name" { type = string }
variable "port" { type = number }
variable "network" { type = string }
variable "sources" {
  type = list(object({ cidr = string, note = optional(string, "none") }))
}
locals {
  rules = { for s in var.sources : "\${var.name}-\${s.cidr}" => merge(s, { port = var.port }) }
}
resource "aws_security_group" "this" {
  name   = format("%s-%d", var.name, var.port)
  vpc_id = var.network
  dynamic "ingress" {
    for_each = local.rules
    content {
      from_port   = ingress.value.port
      to_port     = ingress.value.port
      protocol    = "tcp"
      cidr_blocks = [ingress.value.cidr]
      description = ingress.value.note
    }
  }
}
resource "aws_instance" "this" {
  count                  = 2
  vpc_security_group_ids = [aws_security_group.this.id]
  subnet_id              = var.network
  tags                   = { Name = "\${var.name}-\${count.index}" }
}
output "group" { value = aws_security_group.this.id }
`;

/** A root module of `count` resources: three of five stand in modules, one for each five. */
function landscape(count) {
  const calls = [];
  for (let i = 0; i < count / 5; i++) {
    calls.push(`module "m${i}" {
  source  = "./service"
  name    = local.names[${i}]
  port    = ${8000 + (i % 100)}
  network = aws_vpc.main.id
  sources = concat(var.sources, [{ cidr = cidrsubnet("10.0.0.0/8", 16, ${i}) }])
}
resource "aws_security_group_rule" "r${i}" {
  security_group_id        = module.m${i}.group
  source_security_group_id = module.m${(i * 7 + 1) % Math.ceil(count / 5)}.group
  from_port                = 8000 + ${i} % 100
  type                     = "ingress"
}
resource "aws_route53_record" "n${i}" {
  name    = "\${local.names[${i}]}.\${var.domain}"
  records = [module.m${i}.group]
}
`);
  }
  return {
    'main.tf': `variable "sources" { default = [{ cidr = "192.168.0.0/16", note = "office" }, { cidr = "172.16.0.0/12" }] }
variable "domain" { default = "example.com" }
locals { names = [for i in range(${count / 5}) : "service-\${i}"] }
resource "aws_vpc" "main" { cidr_block = "10.0.0.0/8" }
${calls.join('')}`,
    'service/main.tf': SERVICE,
  };
}

async function program() {
  const { outputFiles } = await build({
    stdin: {
      contents: `export { openFiles } from './src/assemble/files.ts';
        export { memoryTree } from './src/source/tree.ts';
        export { assembleTerraform } from './src/assemble/terraform/index.ts';`,
      resolveDir: ROOT,
    },
    bundle: true,
    write: false,
    external: ['@cdktf/hcl2json'],
    format: 'esm',
    platform: 'node',
  });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].text).toString('base64')}`);
}

async function measure({ openFiles, memoryTree, assembleTerraform }, size) {
  const files = openFiles(memoryTree(landscape(size)));
  const start = performance.now();
  const before = process.cpuUsage();
  const { value } = await assembleTerraform(files, { models: () => undefined });
  const time = performance.now() - start;
  const { user, system } = process.cpuUsage(before);
  return {
    time,
    used: (user + system) / 1000,
    memory: process.memoryUsage().rss,
    resources: value[0].resources.length,
  };
}

/** Prints what evaluation takes at each size, the best of three. */
export function benchTerraform() {
  const found = SIZES.map((size) => {
    const runs = [1, 2, 3].map(() => {
      const { stdout, error, signal } = spawnSync(process.execPath, [fileURLToPath(import.meta.url), `${size}`]);
      if (error ?? signal) throw error ?? new Error(`the measurement of ${size} was ended by ${signal}`);
      return JSON.parse(stdout);
    });
    return { size, ...runs.sort((a, b) => a.time - b.time)[0] };
  });
  for (const { size, time, used, memory, resources } of found) {
    const what = `Terraform of ${size} resources`.padEnd(33);
    console.log(
      `${what}${time.toFixed(0)} ms (${used.toFixed(0)} ms of processor), ${(memory / 2 ** 20).toFixed(0)} MB (${resources} instances, ${size / 5} modules)`,
    );
  }
  const [small, large] = [found[0], found.at(-1)];
  const exponent = Math.log(large.used / small.used) / Math.log(large.size / small.size);
  console.log(`growth from 100 to 10000         n^${exponent.toFixed(2)} (1000 with 200 modules in at most 1000 ms)`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const size = Number(process.argv[2]);
  if (size > 0) console.log(JSON.stringify(await measure(await program(), size)));
  else benchTerraform();
}
