/**
 * Finding connectors: one folder of jars a connector, each in a class loader of its own, so that two connectors may use
 * two versions of a library.
 *
 * <p>Only the SPI and JSpecify pass from the host into a plugin; nothing lists connectors centrally. A plugin is opened
 * when somebody asks for it, and a broken one does not keep the others from working. Neighbours: none in the engine; the
 * program that composes a run asks here for source and destination.
 */
@NullMarked
package dev.sluice.engine.plugin;

import org.jspecify.annotations.NullMarked;
