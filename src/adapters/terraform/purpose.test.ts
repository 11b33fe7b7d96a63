import { expect, test } from 'vitest';
import { facts } from './facts.fixture.ts';

test.each([
  ['resource "aws_instance" "a" {}', 'aws_instance.a', 'machine', undefined],
  ['resource "aws_db_instance" "a" { engine = "postgres" }', 'aws_db_instance.a', 'backend', true],
  ['resource "azurerm_key_vault" "a" {}', 'azurerm_key_vault.a', 'platform-service', true],
  ['resource "aws_eks_cluster" "a" {}', 'aws_eks_cluster.a', 'control-plane', true],
  ['resource "aws_cloudfront_distribution" "a" { enabled = true }', 'aws_cloudfront_distribution.a', 'front', true],
  ['resource "aws_lb" "a" {}', 'aws_lb.a', 'front', undefined],
])('%s is there for something', async (code, address, purpose, silent) => {
  const workload = (await facts(code)).workload(address);
  expect(workload).toMatchObject({ purpose });
  expect(workload.answersOnly).toBe(silent);
});
