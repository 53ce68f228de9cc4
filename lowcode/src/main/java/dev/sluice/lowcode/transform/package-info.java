/** What manifests do to records and configurations: add, remove, flatten and rename fields. */
@NullMarked
package dev.sluice.lowcode.transform;

import org.jspecify.annotations.NullMarked;
