/**
 * JSON at the edges: texts to and from maps, lists, strings, numbers and booleans. Not for records on the hot path, which
 * connectors stream. Knows no other package.
 */
@NullMarked
package dev.sluice.cdk.json;

import org.jspecify.annotations.NullMarked;
