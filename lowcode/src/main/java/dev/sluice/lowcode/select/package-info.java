/** From answers to records: decoders, extractors, filters, and the types that a schema asks for. */
@NullMarked
package dev.sluice.lowcode.select;

import org.jspecify.annotations.NullMarked;
