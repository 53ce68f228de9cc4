package dev.sluice.cli.project;

import dev.sluice.engine.shelf.RejectFormat;

/**
 * Where the rejected records of a connection are put as files, besides being kept here.
 *
 * @param destination the destination whose folder or bucket it is
 * @param format the format of the files
 */
public record RejectShelf(EndpointEntry destination, RejectFormat format) {}
