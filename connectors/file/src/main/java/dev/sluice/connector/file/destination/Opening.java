package dev.sluice.connector.file.destination;

import dev.sluice.connector.file.destination.columns.ColumnLayout;
import dev.sluice.connector.file.destination.manifest.KnownColumn;
import dev.sluice.connector.file.destination.manifest.Manifest;
import dev.sluice.connector.file.destination.place.Disk;
import dev.sluice.connector.file.destination.place.Place;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Takes a target for a run: checks the place and the owner, mends what a crash left, and enters the run. */
interface Opening {
    /**
     * A target that is open.
     *
     * @param place where its files are written
     * @param disk the file system of that
     * @param shelf where its files are kept
     * @param manifest what is known of it, with the run that opened it
     * @param columns the columns of the files of the run
     */
    record Opened(Place place, Disk disk, Shelf shelf, Manifest manifest, ColumnLayout columns) {}

    /** What is known of the target; empty if nothing, or if its files were taken away. */
    Optional<Manifest> known();

    /** I5: brings published files to their place if the run that published them died before it could. */
    void finishPublishing();

    /**
     * Refuses a place where something else is.
     *
     * @return what a person should know of it
     */
    Optional<String> requirePlace(Optional<Manifest> manifest);

    /**
     * Opens the target.
     *
     * @param millis the time
     * @param columns the columns of the files of a run that goes on with these
     */
    Opened open(long millis, Function<List<KnownColumn>, ColumnLayout> columns);

    /**
     * Removes the target with all that is kept of it, and the folders above it in which nothing else is. Does nothing if it
     * is not there.
     */
    void remove();

    /** The address by which readers find a file of the target. */
    String visible(String path);

    /** The place, for people. */
    String location();
}
