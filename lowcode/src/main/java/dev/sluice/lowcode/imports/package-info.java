/**
 * Beginnings of manifests out of what people have of a service: a command of cURL, or its OpenAPI document. Plain functions that ask nobody
 * anything. No secret of a command gets into a manifest.
 */
@NullMarked
package dev.sluice.lowcode.imports;

import org.jspecify.annotations.NullMarked;
