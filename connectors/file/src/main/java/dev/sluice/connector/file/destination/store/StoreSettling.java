package dev.sluice.connector.file.destination.store;

import dev.sluice.connector.file.destination.manifest.DataFile;
import dev.sluice.connector.file.destination.manifest.Manifest;
import dev.sluice.connector.file.destination.manifest.RunState;
import dev.sluice.connector.file.store.Listing;
import dev.sluice.connector.file.store.ObjectStore;
import dev.sluice.connector.file.store.StoredObject;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Brings the objects of a target in line with its manifest. Each step may be interrupted and taken again, so a crash is
 * mended by the next run.
 */
public final class StoreSettling {
    private final StorePlace place;
    private final ObjectStore store;

    /** For the target at this place. */
    public StoreSettling(StorePlace place) {
        this.place = place;
        this.store = place.store();
    }

    /** Shows committed files that are not seen yet, and deletes what belongs to the target no more or never did. */
    public void settle(Manifest manifest) {
        RunState run = manifest.run();
        Set<String> seen = new HashSet<>();
        Set<String> waiting = new HashSet<>();
        manifest.files().forEach(file -> seen.add(file.path()));
        run.files().forEach(file -> (run.aside() ? waiting : seen).add(file.path()));
        for (StoredObject object : Listing.all(store, place.unseen())) {
            String file = object.key().substring(place.unseen().length());
            if (seen.contains(file)) {
                show(file);
            } else if (!waiting.contains(file)) {
                store.delete(object.key());
            }
        }
        if (!place.isFile()) {
            // I5: what took their place is seen by now.
            manifest.obsolete().forEach(file -> store.delete(place.visible(file)));
        }
    }

    /** Makes committed files visible. */
    public void show(List<DataFile> files) {
        files.forEach(file -> show(file.path()));
    }

    private void show(String file) {
        store.copy(place.unseen(file), place.visible(file));
        store.delete(place.unseen(file));
    }

    /** True if files of a published run are not seen yet, or others are still there. */
    public boolean isPending() {
        return Listing.any(store, place.unseen(), object -> true);
    }

    /** Demands that all files of a run wait as they were committed. */
    public void requireWhole(List<DataFile> files) {
        Map<String, Long> sizes = new HashMap<>();
        for (StoredObject object : Listing.all(store, place.unseen())) {
            sizes.put(object.key().substring(place.unseen().length()), object.size());
        }
        for (DataFile file : files) {
            Long size = sizes.get(file.path());
            if (size == null || size != file.bytes()) {
                throw Problem.of("E_VERIFY", ProblemKind.INTEGRITY, "a file that was committed is not complete")
                        .at(store.addressOf(place.unseen(file.path())))
                        .because("it should have " + file.bytes() + " bytes and "
                                + (size == null ? "is gone" : "has " + size))
                        .fix("copy the stream from the beginning: `sluice state rewind`")
                        .exception();
            }
        }
    }

    /** Gives up uploads that a killed run began. */
    public void abortUploads() {
        store.abortUploads(place.unseen());
    }
}
