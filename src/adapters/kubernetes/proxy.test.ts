import { expect, test } from 'vitest';
import { sample } from './sample.fixture.ts';

interface Running {
  readonly image: string;
  readonly args?: string;
  readonly labels?: string;
  readonly beside?: string;
  readonly more?: string;
}

function proxies({ image, args = '[]', labels = '{ app: proxy }', beside, more = '' }: Running) {
  const second = beside ? `\n  - { name: beside, image: "${beside}" }` : '';
  const text = `apiVersion: v1
kind: Pod
metadata:
  name: proxy
  namespace: edge
  labels: ${labels}
spec:
  containers:
  - name: main
    image: "${image}"
    args: ${args}${second}
---
${more}`;
  return sample(text).fragment.proxies ?? [];
}
const classes = (running: Running) => proxies(running)[0]?.classes;
const ingressClass = (name: string, controller: string, annotations = '{}') =>
  `apiVersion: networking.k8s.io/v1\nkind: IngressClass\nmetadata: { name: ${name}, annotations: ${annotations} }\nspec: { controller: ${controller} }\n---\n`;
const NGINX = 'registry.k8s.io/ingress-nginx/controller:v1.11.2@sha256:0123';

test.each<[Running, readonly (string | null)[] | undefined]>([
  [{ image: NGINX }, ['nginx']],
  [{ image: NGINX, args: '[--ingress-class=inner]' }, ['inner']],
  [{ image: NGINX, args: '[--ingress-class, inner, --watch-ingress-without-class=true]' }, ['inner', null]],
  [{ image: NGINX, args: '[--watch-ingress-without-class=false]' }, ['nginx']],
  [{ image: NGINX, more: ingressClass('web', 'k8s.io/ingress-nginx') }, ['nginx', 'web']],
  [
    {
      image: NGINX,
      args: '[--controller-class=k8s.io/inner]',
      more: ingressClass('web', 'k8s.io/ingress-nginx') + ingressClass('inner', 'k8s.io/inner'),
    },
    ['inner'],
  ],
  [
    {
      image: NGINX,
      more: ingressClass('nginx', 'k8s.io/ingress-nginx', '{ ingressclass.kubernetes.io/is-default-class: "true" }'),
    },
    ['nginx', null],
  ],
  [{ image: 'traefik:v3.1', args: '[--providers.kubernetesingress]' }, ['traefik', null]],
  [{ image: 'traefik:v3.1', args: '[--providers.docker]' }, undefined],
  [{ image: 'docker.io/haproxytech/kubernetes-ingress:3.0' }, ['haproxy', null]],
  [{ image: 'envoyproxy/envoy:v1.31', beside: 'ghcr.io/projectcontour/contour:v1.30' }, ['contour', null]],
  [{ image: 'envoyproxy/envoy:v1.31' }, undefined],
  [{ image: 'kong:3.7', beside: 'kong/kubernetes-ingress-controller:3.2' }, ['kong']],
  [{ image: 'istio/proxyv2:1.23', labels: '{ istio: ingressgateway }' }, ['istio']],
  [{ image: 'istio/proxyv2:1.23' }, undefined],
  [{ image: NGINX, labels: '{}' }, undefined],
  [{ image: 'registry.k8s.io/external-dns/external-dns:v0.15', args: '[--ingress-class=nginx]' }, undefined],
])('%j', (running, expected) => {
  expect(classes(running)).toEqual(expected);
});

test('is who has its labels', () => {
  expect(proxies({ image: NGINX, labels: '{ app: proxy, tier: edge }' })).toMatchObject([
    {
      by: {
        namespace: 'edge',
        requirements: [
          { key: 'app', operator: 'in', values: ['proxy'] },
          { key: 'tier', operator: 'in', values: ['edge'] },
        ],
      },
    },
  ]);
});
