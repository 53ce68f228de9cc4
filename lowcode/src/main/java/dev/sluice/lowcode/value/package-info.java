/**
 * The values that manifests, templates and records are made of, with the meaning that Python gives them: null as {@link
 * dev.sluice.lowcode.value.None}, {@code Boolean}, {@code Long} and {@code BigInteger}, {@code Double}, {@code String},
 * {@code List}, {@link dev.sluice.lowcode.value.Tuple}, {@code Set}, {@code Map} in order of insertion, and points in time.
 */
@NullMarked
package dev.sluice.lowcode.value;

import org.jspecify.annotations.NullMarked;
