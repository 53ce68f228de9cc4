package dev.sluice.cli.session;

import dev.sluice.engine.shelf.RejectFormat;
import dev.sluice.spi.connector.DestinationConnector;

/**
 * Where rejected records of a connection are put as files.
 *
 * @param side the destination whose folder or bucket it is
 * @param format the format of the files
 */
public record RejectPlace(Side<DestinationConnector> side, RejectFormat format) {}
