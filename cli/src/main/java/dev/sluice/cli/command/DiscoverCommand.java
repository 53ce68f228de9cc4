package dev.sluice.cli.command;

import dev.sluice.cli.output.ExitCode;
import dev.sluice.cli.output.ProblemView;
import dev.sluice.cli.output.Report;
import dev.sluice.cli.project.EndpointEntry;
import dev.sluice.cli.project.Project;
import dev.sluice.cli.session.Host;
import dev.sluice.cli.session.Session;
import dev.sluice.cli.session.Side;
import dev.sluice.cli.text.Line;
import dev.sluice.cli.text.Style;
import dev.sluice.cli.text.Table;
import dev.sluice.cli.text.Units;
import dev.sluice.engine.run.StopSignal;
import dev.sluice.spi.catalog.Catalog;
import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.catalog.Cursor;
import dev.sluice.spi.catalog.Estimate;
import dev.sluice.spi.catalog.FieldPath;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.connector.SourceConnector;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.source.DiscoverScope;
import dev.sluice.spi.source.Source;
import dev.sluice.spi.type.Field;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what sources offer. */
@Command(
        name = "discover",
        header = "Show the streams that a source offers, with their keys and types.",
        customSynopsis = "sluice discover [FILE|URI] [SOURCE] [OPTIONS]",
        description = {
            "  sluice discover shop.yaml",
            "  sluice discover postgres://ann@db/shop --stream orders     with its fields",
            "  sluice discover 'data/*.csv' -o json"
        })
final class DiscoverCommand extends CliCommand {
    @Mixin
    private FileOrUri place = new FileOrUri();

    @Parameters(index = "1", arity = "0..1", paramLabel = "SOURCE", description = "One source of the file.")
    private @Nullable String name;

    @Option(names = "--stream", paramLabel = "NAME", split = ",", description = "Show the fields of these streams.")
    private List<String> streams = List.of();

    private record Discovered(String source, List<CatalogStream> streams, List<Catalog.Unreadable> unreadable) {}

    DiscoverCommand(Host host) {
        super(host);
    }

    @Override
    Report run(Session session) {
        List<Discovered> found = new ArrayList<>();
        String uri = place.uri();
        if (uri == null) {
            Project project = place.project(session);
            for (EndpointEntry entry : entries(project)) {
                found.add(discover(session, session.source(project, entry)));
            }
        } else {
            found.add(discover(session, session.sourceAt(uri)));
        }
        long count = found.stream().mapToLong(each -> each.streams().size()).sum();
        List<Problem> problems = found.stream()
                .flatMap(each -> each.unreadable().stream())
                .map(DiscoverCommand::problem)
                .toList();
        if (count == 0 && problems.isEmpty() && !streams.isEmpty()) {
            throw usage("the source has no stream " + String.join(", ", streams), "see all without --stream");
        }
        List<Line> lines = new ArrayList<>();
        found.forEach(each -> lines.addAll(lines(each, session, found.size() > 1)));
        return Report.of(
                        Units.count(count, "stream", "streams"),
                        lines,
                        Map.of(
                                "sources",
                                found.stream().map(DiscoverCommand::facts).toList()))
                .withProblems(problems)
                .withExitCode(problems.isEmpty() ? ExitCode.SUCCESS : ExitCode.PARTIAL);
    }

    /** Why a stream cannot be read, with its name, for it stands in no table. */
    private static Problem problem(Catalog.Unreadable stream) {
        Problem problem = stream.problem();
        String where = problem.where() == null ? "" : ", " + problem.where();
        return problem.at(stream.id() + where);
    }

    private List<EndpointEntry> entries(Project project) {
        if (name == null) {
            return List.copyOf(project.sources().values());
        }
        EndpointEntry entry = project.sources().get(name);
        if (entry == null) {
            throw usage(
                    "the file has no source " + name,
                    "name one of " + String.join(", ", project.sources().keySet()));
        }
        return List.of(entry);
    }

    private Discovered discover(Session session, Side<SourceConnector> side) {
        try (Source source = session.open(side, new StopSignal())) {
            Catalog catalog = source.discover(new DiscoverScope.All());
            return new Discovered(
                    side.words(),
                    catalog.streams().stream()
                            .filter(stream -> isWanted(stream.id()))
                            .toList(),
                    catalog.unreadable().stream()
                            .filter(stream -> isWanted(stream.id()))
                            .toList());
        }
    }

    private boolean isWanted(StreamId stream) {
        return streams.isEmpty() || streams.contains(stream.toString()) || streams.contains(stream.name());
    }

    private List<Line> lines(Discovered found, Session session, boolean named) {
        List<Line> lines = new ArrayList<>();
        if (named) {
            lines.add(Line.of(Style.DIM, "source ").plus(Style.BOLD, found.source()));
        }
        int width = session.console().terminal().width();
        if (streams.isEmpty()) {
            lines.addAll(overview(found).lines(session.console().outLook(), width));
        } else {
            for (CatalogStream stream : found.streams()) {
                lines.add(Line.of(Style.BOLD, stream.id().toString())
                        .plus(Style.DIM, "  key " + key(stream) + ", cursor " + cursor(stream)));
                lines.addAll(fields(stream).lines(session.console().outLook(), width));
            }
        }
        return lines;
    }

    private static Table overview(Discovered found) {
        boolean estimated =
                found.streams().stream().anyMatch(stream -> stream.estimate().rows() != Estimate.UNKNOWN);
        Table table = new Table(
                Table.Column.text("stream"),
                Table.Column.number("fields"),
                Table.Column.text("key"),
                Table.Column.text("cursor").optional(2),
                Table.Column.text("reads").optional(1),
                Table.Column.number(estimated ? "rows (about)" : "").optional(3));
        for (CatalogStream stream : found.streams()) {
            long rows = stream.estimate().rows();
            table.add(List.of(
                    Line.of(Style.NAME, stream.id().toString()),
                    Line.of(Units.count(stream.schema().size())),
                    Line.of(key(stream)),
                    Line.of(cursor(stream)),
                    Line.of(Style.DIM, stream.supportsIncremental() ? "full, incremental" : "full"),
                    Line.of(rows == Estimate.UNKNOWN ? "" : Units.count(rows))));
        }
        return table;
    }

    private static Table fields(CatalogStream stream) {
        Table table = new Table(Table.Column.text("field"), Table.Column.text("type"));
        for (Field field : stream.schema().fields()) {
            table.add(List.of(
                    Line.of(Style.NAME, field.name()), Line.of(field.type().notation())));
        }
        return table;
    }

    private static String key(CatalogStream stream) {
        return stream.primaryKey().isEmpty()
                ? "none"
                : stream.primaryKey().stream().map(FieldPath::toString).collect(Collectors.joining(", "));
    }

    private static String cursor(CatalogStream stream) {
        Cursor cursor = stream.cursor();
        if (cursor.field() != null) {
            return cursor.field().toString();
        }
        return cursor.sourceDefined() ? "by the source" : "your choice";
    }

    private static Map<String, @Nullable Object> facts(Discovered found) {
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        facts.put("source", found.source());
        facts.put(
                "streams", found.streams().stream().map(DiscoverCommand::facts).toList());
        facts.put(
                "unreadable",
                found.unreadable().stream().map(DiscoverCommand::facts).toList());
        return facts;
    }

    private static Map<String, @Nullable Object> facts(Catalog.Unreadable stream) {
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        facts.put("name", stream.id().name());
        facts.put("namespace", stream.id().namespace());
        facts.put("problem", ProblemView.fields(stream.problem()));
        return facts;
    }

    private static Map<String, @Nullable Object> facts(CatalogStream stream) {
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        FieldPath cursor = stream.cursor().field();
        facts.put("name", stream.id().name());
        facts.put("namespace", stream.id().namespace());
        facts.put(
                "primary_key",
                stream.primaryKey().stream().map(FieldPath::toString).toList());
        facts.put("cursor", cursor == null ? null : cursor.toString());
        facts.put("cursor_by_source", stream.cursor().sourceDefined());
        facts.put("incremental", stream.supportsIncremental());
        facts.put(
                "rows_estimated",
                stream.estimate().rows() < 0 ? null : stream.estimate().rows());
        facts.put(
                "fields",
                stream.schema().fields().stream()
                        .map(field -> Map.of(
                                "name", field.name(), "type", field.type().notation()))
                        .toList());
        return facts;
    }
}
