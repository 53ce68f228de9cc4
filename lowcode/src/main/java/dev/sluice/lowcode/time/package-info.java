/** Points in time as texts: the formats of Python, those that manifests add, and ISO 8601. */
@NullMarked
package dev.sluice.lowcode.time;

import org.jspecify.annotations.NullMarked;
