/**
 * Loads a manifest: YAML with the types of version 1.1, references, parameters, the types of components that are left
 * out, and the check of it all. What comes out is a tree of {@link dev.sluice.lowcode.manifest.Component}s.
 */
@NullMarked
package dev.sluice.lowcode.manifest;

import org.jspecify.annotations.NullMarked;
