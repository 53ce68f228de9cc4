/**
 * Where the files of a target lie: names, folders, the lock, and the steps by which files appear in one go.
 *
 * <p>Everything that is not meant for readers stands under {@code .sluice} beside the folders of the streams. This package
 * knows no other of the destination.
 */
@NullMarked
package dev.sluice.connector.file.destination.place;

import org.jspecify.annotations.NullMarked;
