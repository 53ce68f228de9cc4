/**
 * Any connector of Sluice as one of the Airbyte protocol: what a source reads becomes messages, and messages become what a destination
 * writes. Neighbours: {@code message} makes the lines; nothing here runs a program.
 */
@NullMarked
package dev.sluice.airbyte.serve;

import org.jspecify.annotations.NullMarked;
