package dev.sluice.connector.file.destination;

import dev.sluice.connector.file.destination.columns.ColumnLayout;
import dev.sluice.connector.file.destination.columns.RowMeta;
import dev.sluice.connector.file.destination.files.Partitions;
import dev.sluice.connector.file.destination.files.TargetFormat;
import dev.sluice.connector.file.destination.manifest.KnownColumn;
import dev.sluice.connector.file.destination.manifest.Manifest;
import dev.sluice.connector.file.destination.place.Disk;
import dev.sluice.connector.file.places.Stores;
import dev.sluice.connector.file.source.FileSource;
import dev.sluice.connector.file.source.WrittenFiles;
import dev.sluice.connector.file.store.StoreAddress;
import dev.sluice.spi.catalog.DestinationSyncMode;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.destination.DestinationTraits;
import dev.sluice.spi.destination.FileShelf;
import dev.sluice.spi.destination.Guarantee;
import dev.sluice.spi.destination.Ledger;
import dev.sluice.spi.destination.ReadBack;
import dev.sluice.spi.destination.Target;
import dev.sluice.spi.destination.TargetPlan;
import dev.sluice.spi.destination.TargetSpec;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.CheckReport;
import dev.sluice.spi.runtime.Config;
import dev.sluice.spi.runtime.ConnectorContext;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A destination in the file system or in a store. It keeps exactly-once: the marker of each commit and the list of its files are one
 * manifest, which is replaced in one step (I2).
 */
public final class FileDestination implements Destination {
    private static final int MAX_WRITERS = 8;

    private final DestinationSettings settings;
    private final ConnectorContext context;
    private final Ground ground;
    private final TargetFormat format;
    private final Set<FileTarget> open = ConcurrentHashMap.newKeySet();

    private FileDestination(
            DestinationSettings settings, ConnectorContext context, TargetFormat format, Ground ground) {
        this.settings = settings;
        this.context = context;
        this.ground = ground;
        this.format = format;
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
        if (settings.path() == null && settings.store() == null) {
            return new StandardOutput(
                    settings.encoding().printed(),
                    settings.metadata(),
                    new FileOutputStream(FileDescriptor.out),
                    context);
        }
        TargetFormat format = settings.encoding().target(settings.isFile());
        StoreAddress store = settings.store();
        Ground ground = store == null
                ? new Ground.OnDisk(settings, disk, new DestinationCheck(settings, disk, format))
                : new StoreGround(settings, Stores.open(store, DestinationOptions.logins(config)), format);
        return new FileDestination(settings, context, format, ground);
    }

    @Override
    public DestinationTraits traits() {
        Set<DestinationSyncMode> modes = settings.isFile()
                ? Set.of(DestinationSyncMode.OVERWRITE)
                : Set.of(DestinationSyncMode.APPEND, DestinationSyncMode.OVERWRITE);
        return new DestinationTraits(
                modes,
                !settings.isFile() && settings.layout().namesNamespaces(),
                false,
                false,
                true,
                settings.isFile() ? 1 : MAX_WRITERS);
    }

    @Override
    public CheckReport check() {
        return ground.check();
    }

    @Override
    public TargetPlan plan(TargetSpec spec) {
        requireMode(spec);
        Opening opening = ground.opening(spec);
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
        return new TargetPlan(opening.location(), action, columns.plans(), Guarantee.EXACTLY_ONCE, notes);
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
        Opening opening = ground.opening(spec);
        opening.finishPublishing();
        return opening.known().map(Manifest::ledger);
    }

    @Override
    public Target open(TargetSpec spec) {
        requireMode(spec);
        Opening.Opened opened =
                ground.opening(spec).open(context.clock().millis(), known -> columns(spec, known, !known.isEmpty()));
        FileTarget target = new FileTarget(opened, spec, settings, format, context);
        target.whenClosed(() -> open.remove(target));
        open.add(target);
        return target;
    }

    @Override
    public ReadBack readBack(TargetSpec spec) {
        Opening opening = ground.opening(spec);
        opening.finishPublishing();
        Manifest.Content content =
                opening.known().map(Manifest::content).orElse(new Manifest.Content(List.of(), List.of(), null));
        WrittenFiles written = new WrittenFiles(
                spec.name().name(),
                ground.access(),
                opening.location(),
                content.files().stream()
                        .map(file -> opening.visible(file.path()))
                        .toList(),
                settings.encoding().written(),
                writtenColumns(content.columns(), spec.schema()));
        return new ReadBack(FileSource.of(written, context), StreamId.of(written.stream()));
    }

    /** A folder holds files of the host too; a single file does not. */
    @Override
    public Optional<FileShelf> shelf() {
        return settings.isFile() ? Optional.empty() : Optional.of(ground.shelf());
    }

    @Override
    public boolean remove(TargetSpec spec) {
        ground.opening(spec).remove();
        return true;
    }

    private List<Field> writtenColumns(List<KnownColumn> columns, Schema schema) {
        List<Field> fields = new ArrayList<>(settings.metadata() ? RowMeta.FIELDS : List.of());
        for (KnownColumn column : columns) {
            OptionalInt index = schema.indexOf(column.field());
            DataType type = index.isPresent() ? schema.field(index.getAsInt()).type() : new DataType.TextType();
            fields.add(new Field(column.column(), type));
        }
        return fields;
    }

    @Override
    public void close() {
        List.copyOf(open).forEach(FileTarget::close);
        format.close();
        ground.close();
    }
}
