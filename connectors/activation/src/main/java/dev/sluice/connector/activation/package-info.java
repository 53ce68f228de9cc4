/** Systems of others that rows become objects of. Each is a definition; the classes only name them. */
@NullMarked
package dev.sluice.connector.activation;

import org.jspecify.annotations.NullMarked;
