package dev.sluice.cli.command;

import dev.sluice.cli.session.RunShape;
import dev.sluice.engine.connection.ConnectionRules;
import dev.sluice.engine.connection.FieldSelection;
import dev.sluice.engine.connection.Intent;
import dev.sluice.engine.connection.NamespaceRule;
import dev.sluice.engine.connection.RejectLimit;
import dev.sluice.engine.connection.RejectRules;
import dev.sluice.engine.connection.RowRules;
import dev.sluice.engine.connection.StreamMode;
import dev.sluice.engine.connection.StreamSettings;
import dev.sluice.spi.catalog.FieldPath;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is copied between two addresses, and how. */
final class Shape {
    @Option(
            names = "--streams",
            paramLabel = "NAME",
            split = ",",
            description = "Only these streams; * stands for any characters.")
    private List<String> streams = List.of();

    @Option(names = "--mode", paramLabel = "MODE", description = "incremental, full_refresh, or a mode of `plan`.")
    private @Nullable String mode;

    @Option(
            names = "--intent",
            paramLabel = "WHAT",
            description = "replicate or append: chooses the mode of each stream.")
    private @Nullable String intent;

    @Option(names = "--cursor", paramLabel = "FIELD", description = "The field that grows with every change.")
    private @Nullable String cursor;

    @Option(
            names = "--primary-key",
            paramLabel = "FIELD",
            split = ",",
            description = "The fields that tell rows apart.")
    private List<String> primaryKey = List.of();

    @Option(names = "--as", paramLabel = "NAME", description = "The table's name, for a single stream.")
    private @Nullable String alias;

    @Option(
            names = "--namespace",
            paramLabel = "NAME",
            description = "destination, source, or a name in which $${SOURCE_NAMESPACE} may stand.")
    private @Nullable String namespace;

    @Option(names = "--prefix", paramLabel = "TEXT", description = "Put this before each table's name.")
    private String prefix = "";

    @Option(names = "--lossy", description = "Accept columns that cannot hold every value.")
    private boolean lossy;

    @Option(
            names = "--rejects",
            paramLabel = "POLICY",
            description = "Records that cannot be read: stop, quarantine (keep aside) or annotate (null with a mark).")
    private @Nullable String rejects;

    @Option(names = "--strict", description = "Reject records of which a value does not fit its column.")
    private boolean strict;

    /** True if only incremental reads will do. */
    boolean incrementalOnly() {
        return "incremental".equals(mode);
    }

    RunShape shape() {
        return new RunShape(
                namespaceRule(),
                prefix,
                settings(),
                ConnectionRules.USUAL.with(intent()).with(rejectRules()).withLossy(lossy));
    }

    private RejectRules rejectRules() {
        RejectRules.Policy policy = rejects == null
                ? RejectRules.Policy.QUARANTINE
                : RejectRules.Policy.of(rejects)
                        .orElseThrow(() -> CliCommand.usage(
                                "`" + rejects + "` is not a policy for rejected records",
                                "choose one of: " + String.join(", ", RejectRules.Policy.keys())));
        if (strict && policy == RejectRules.Policy.ANNOTATE) {
            throw CliCommand.usage("--strict and --rejects annotate contradict each other", "choose one of them");
        }
        return new RejectRules(policy, RejectLimit.NONE, strict ? RejectRules.Strict.REJECT : RejectRules.Strict.OFF);
    }

    private List<StreamSettings> settings() {
        StreamMode wanted = streamMode();
        FieldPath by = cursor == null ? null : FieldPath.of(cursor);
        List<FieldPath> key = primaryKey.stream().map(FieldPath::of).toList();
        List<String> patterns = streams.isEmpty() ? List.of("*") : streams;
        return patterns.stream()
                .map(pattern ->
                        new StreamSettings(pattern, wanted, by, key, new FieldSelection.All(), alias, RowRules.USUAL))
                .toList();
    }

    /** Null lets the planner choose: by cursor and key the best incremental mode, else a full copy. */
    private @Nullable StreamMode streamMode() {
        return switch (mode) {
            case null -> null;
            case "incremental" -> null;
            case "full_refresh" -> StreamMode.FULL_REFRESH_OVERWRITE;
            default ->
                StreamMode.of(mode)
                        .orElseThrow(() -> CliCommand.usage(
                                "`" + mode + "` is not a sync mode",
                                "choose incremental, full_refresh, " + StreamMode.keys()));
        };
    }

    private Intent intent() {
        return intent == null
                ? Intent.BY_STREAM
                : Intent.of(intent)
                        .orElseThrow(() -> CliCommand.usage(
                                "`" + intent + "` is not an intent",
                                "choose one of: " + String.join(", ", Intent.keys())));
    }

    private NamespaceRule namespaceRule() {
        return switch (namespace) {
            case null -> new NamespaceRule.Destination();
            case "destination" -> new NamespaceRule.Destination();
            case "source" -> new NamespaceRule.Source();
            default -> new NamespaceRule.Custom(namespace);
        };
    }
}
