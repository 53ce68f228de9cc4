/** JSON texts, to and from maps, lists and scalars. Knows no other package. */
@NullMarked
package dev.sluice.server.json;

import org.jspecify.annotations.NullMarked;
