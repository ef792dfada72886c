// @ts-check
'use strict';

/**
 * What is the least that writing these manifests by cdk8s can cost: the library, the objects as they are, the files. Arguments: a JSON
 * file with the objects of each manifest by its name, and the folder to write to.
 */

require('cdk8s-plus-28');
const { readFileSync } = require('node:fs');
const { ApiObject, App, Chart } = require('cdk8s');

/** @type {Record<string, import('cdk8s').ApiObjectProps[]>} */
const manifests = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const app = new App({ outdir: process.argv[3] });
for (const [name, objects] of Object.entries(manifests)) {
  const chart = new Chart(app, name);
  objects.forEach((object, index) => new ApiObject(chart, `object-${index}`, object));
}
app.synth();
