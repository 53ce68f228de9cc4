package dev.sluice.connector.file.destination;

import dev.sluice.connector.file.destination.files.TargetFormat;
import dev.sluice.connector.file.destination.store.StorePlace;
import dev.sluice.connector.file.input.FileAccess;
import dev.sluice.connector.file.input.StoreFiles;
import dev.sluice.connector.file.store.Exchange;
import dev.sluice.connector.file.store.ObjectStore;
import dev.sluice.connector.file.store.StoreAddress;
import dev.sluice.connector.file.store.StoreProblems;
import dev.sluice.spi.destination.FileShelf;
import dev.sluice.spi.destination.TargetSpec;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.runtime.CheckReport;
import dev.sluice.spi.runtime.CheckReport.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** A store that targets lie in. */
record StoreGround(DestinationSettings settings, ObjectStore store, TargetFormat format) implements Ground {
    @Override
    public Opening opening(TargetSpec spec) {
        StoreAddress address = Objects.requireNonNull(settings.store());
        String path = address.path().replaceAll("/+$", "");
        int slash = path.lastIndexOf('/');
        StorePlace place = settings.isFile()
                ? new StorePlace(store, path.substring(0, slash + 1), path.substring(slash + 1), true)
                : new StorePlace(
                        store,
                        path.isEmpty() ? "" : path + "/",
                        settings.layout().folder(spec.name()),
                        false);
        return new StoreOpening(place, spec);
    }

    @Override
    public CheckReport check() {
        List<Step> steps = new ArrayList<>();
        String step = "write an object on a condition";
        try {
            requireConditions();
            steps.add(Step.ok(step, store.address()));
            step = "load the format";
            format.load();
            steps.add(Step.ok(step, format.extension()));
        } catch (ProblemException failure) {
            steps.add(Step.failed(step, failure.problem()));
        }
        return new CheckReport(steps);
    }

    /** I2, I8: what keeps two runs from overwriting each other. */
    private void requireConditions() {
        StoreAddress address = Objects.requireNonNull(settings.store());
        String path = address.path();
        String whole = path.isEmpty() || path.endsWith("/") ? path : path + "/";
        String folder = settings.isFile() ? path.substring(0, path.lastIndexOf('/') + 1) : whole;
        String key = folder + ".sluice/_check-" + UUID.randomUUID();
        try {
            String first = Exchange.put(store, key, new byte[] {'1'}, "").orElse("?");
            boolean refused = Exchange.put(store, key, new byte[] {'2'}, "").isEmpty();
            boolean exchanged =
                    Exchange.put(store, key, new byte[] {'3'}, first).isPresent();
            boolean stale = Exchange.put(store, key, new byte[] {'4'}, first).isEmpty();
            if (!refused || !exchanged || !stale) {
                throw StoreProblems.unconditional(store.address()).exception();
            }
        } finally {
            store.delete(key);
        }
    }

    @Override
    public FileShelf shelf() {
        return new BucketShelf(
                store, Objects.requireNonNull(settings.store()).path().replaceAll("/+$", ""));
    }

    @Override
    public FileAccess access() {
        return new StoreFiles(store, Objects.requireNonNull(settings.store()).path(), Integer.MAX_VALUE);
    }

    @Override
    public void close() {
        store.close();
    }
}
