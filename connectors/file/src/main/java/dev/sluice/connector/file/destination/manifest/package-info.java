/**
 * The manifest of a target: who owns it, how far its stream has come, and which files belong to it. The one file whose
 * replacement is the commit (I2); what lies on the disk follows it.
 *
 * <p>Neighbour: {@code place} says where everything lies.
 */
@NullMarked
package dev.sluice.connector.file.destination.manifest;

import org.jspecify.annotations.NullMarked;
