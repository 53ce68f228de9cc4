package dev.sluice.connector.file.destination;

import dev.sluice.connector.file.destination.columns.ColumnLayout;
import dev.sluice.connector.file.destination.files.Partitions;
import dev.sluice.connector.file.destination.files.TargetFormat;
import dev.sluice.connector.file.destination.manifest.KnownColumn;
import dev.sluice.connector.file.destination.manifest.Manifest;
import dev.sluice.connector.file.destination.manifest.ManifestFile;
import dev.sluice.connector.file.destination.place.Disk;
import dev.sluice.connector.file.destination.place.Place;
import dev.sluice.spi.catalog.DestinationSyncMode;
import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.destination.DestinationTraits;
import dev.sluice.spi.destination.Guarantee;
import dev.sluice.spi.destination.Ledger;
import dev.sluice.spi.destination.Target;
import dev.sluice.spi.destination.TargetPlan;
import dev.sluice.spi.destination.TargetSpec;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.CheckReport;
import dev.sluice.spi.runtime.Config;
import dev.sluice.spi.runtime.ConnectorContext;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A destination in the file system. It keeps exactly-once: the marker of each commit and the list of its files are one
 * manifest, which is replaced in one step (I2).
 */
public final class FileDestination implements Destination {
    private static final int MAX_WRITERS = 8;

    private final DestinationSettings settings;
    private final ConnectorContext context;
    private final Disk disk;
    private final TargetFormat format;
    private final Set<FileTarget> open = ConcurrentHashMap.newKeySet();

    FileDestination(DestinationSettings settings, ConnectorContext context, Disk disk) {
        this.settings = settings;
        this.context = context;
        this.disk = disk;
        this.format = settings.encoding().target(settings.isFile());
    }

    /**
     * Makes the destination of a configuration.
     *
     * @throws dev.sluice.spi.problem.ProblemException of kind {@code CONFIG} if it does not fit
     */
    public static Destination of(Config config, ConnectorContext context) {
        return of(config, context, new Disk());
    }

    static Destination of(Config config, ConnectorContext context, Disk disk) {
        DestinationSettings settings = DestinationOptions.read(config);
        return settings.path() == null
                ? new StandardOutput(
                        settings.encoding().printed(),
                        settings.metadata(),
                        new FileOutputStream(FileDescriptor.out),
                        context)
                : new FileDestination(settings, context, disk);
    }

    @Override
    public DestinationTraits traits() {
        Set<DestinationSyncMode> modes = settings.isFile()
                ? Set.of(DestinationSyncMode.OVERWRITE)
                : Set.of(DestinationSyncMode.APPEND, DestinationSyncMode.OVERWRITE);
        return new DestinationTraits(
                modes, !settings.isFile(), false, false, true, settings.isFile() ? 1 : MAX_WRITERS);
    }

    @Override
    public CheckReport check() {
        return new DestinationCheck(settings, disk, format).run();
    }

    @Override
    public TargetPlan plan(TargetSpec spec) {
        requireMode(spec);
        Place place = settings.place(spec.name());
        TargetOpening opening = new TargetOpening(place, disk, spec);
        Optional<Manifest> manifest = opening.known();
        List<String> notes = new ArrayList<>();
        opening.requirePlace(manifest).ifPresent(notes::add);
        boolean replaces = spec.mode().mode().overwrites() || spec.generation().truncates();
        List<KnownColumn> known =
                replaces || manifest.isEmpty() ? List.of() : manifest.get().columnsToExtend();
        ColumnLayout columns = columns(spec, known, !replaces && manifest.isPresent());
        Partitions.of(settings.dividing().partitionBy(), spec.schema());
        TargetPlan.Action action = manifest.isEmpty()
                ? TargetPlan.Action.CREATE
                : replaces ? TargetPlan.Action.REPLACE : TargetPlan.Action.EXTEND;
        return new TargetPlan(place.toString(), action, columns.plans(), Guarantee.EXACTLY_ONCE, notes);
    }

    private ColumnLayout columns(TargetSpec spec, List<KnownColumn> known, boolean exists) {
        ColumnLayout columns = ColumnLayout.extend(known, spec.schema(), format.types(), settings.metadata(), exists);
        format.requireColumns(columns);
        return columns;
    }

    private void requireMode(TargetSpec spec) {
        DestinationSyncMode mode = spec.mode().mode();
        if (!traits().modes().contains(mode)) {
            throw Problem.of(
                            "E_MODE_UNSUPPORTED",
                            ProblemKind.CONFIG,
                            (settings.isFile() ? "a single file" : "a folder of files")
                                    + " cannot be written in the mode " + mode)
                    .at(spec.stream().toString())
                    .because(
                            mode.dedups()
                                    ? "keeping one row a key would mean to rewrite files that are there"
                                    : settings.isFile() ? "it is replaced as a whole" : null)
                    .fix(
                            settings.isFile()
                                    ? "use full_refresh_overwrite, or give a folder as the path"
                                    : "use full_refresh_overwrite, full_refresh_append or incremental_append")
                    .exception();
        }
    }

    @Override
    public Optional<Ledger> ledger(TargetSpec spec) {
        TargetOpening opening = new TargetOpening(settings.place(spec.name()), disk, spec);
        opening.finishPublishing();
        return opening.known().map(Manifest::ledger);
    }

    @Override
    public Target open(TargetSpec spec) {
        requireMode(spec);
        Place place = settings.place(spec.name());
        ManifestFile file = new ManifestFile(disk, place);
        TargetOpening.Opened opened = new TargetOpening(place, disk, spec)
                .open(file, context.clock().millis(), known -> columns(spec, known, !known.isEmpty()));
        FileTarget target = new FileTarget(opened, spec, settings, format, context, file);
        target.whenClosed(() -> open.remove(target));
        open.add(target);
        return target;
    }

    @Override
    public void close() {
        List.copyOf(open).forEach(FileTarget::close);
        format.close();
    }
}
