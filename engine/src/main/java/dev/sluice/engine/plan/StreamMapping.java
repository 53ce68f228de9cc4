package dev.sluice.engine.plan;

import dev.sluice.engine.connection.StreamSettings;
import dev.sluice.engine.map.MapperSetting;
import dev.sluice.engine.map.Mapping;
import dev.sluice.engine.map.Roles;
import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.catalog.FieldPath;
import dev.sluice.spi.catalog.SyncMode;
import dev.sluice.spi.destination.DestinationTraits;
import dev.sluice.spi.destination.TargetPlan;
import dev.sluice.spi.destination.WriteMode;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.type.Schema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the mappers of a stream mean for its plan. */
final class StreamMapping {
    private StreamMapping() {}

    /** The mappers of a stream that is only looked at. */
    static Mapping of(CatalogStream stream, StreamSettings settings, Schema schema) {
        return of(stream, settings, schema, Roles.NONE);
    }

    /** The mappers of a stream that is copied in a mode: what the mode goes by keeps its values. */
    static Mapping of(ModeSettings chosen, Schema schema) {
        FieldPath cursor = chosen.cursor();
        boolean goesByCursor = chosen.mode().read() == SyncMode.INCREMENTAL || chosen.orderedBy(schema) != null;
        List<String> key = chosen.mode().write().dedups()
                ? chosen.key().stream().map(FieldPath::column).toList()
                : List.of();
        Roles roles = new Roles(key, goesByCursor && cursor != null ? cursor.column() : null);
        return of(chosen.stream(), chosen.settings(), schema, roles);
    }

    private static Mapping of(CatalogStream stream, StreamSettings settings, Schema schema, Roles roles) {
        List<MapperSetting> all = new ArrayList<>(NestedFields.selects(settings.fields(), stream.schema()));
        all.addAll(settings.rows().mappers());
        return all.isEmpty() ? Mapping.none(schema) : Mapping.of(stream.id().toString(), schema, all, roles);
    }

    /** How the target is written: by the names that the mappers give. */
    static WriteMode write(ModeSettings chosen, Schema schema, Mapping mapping) {
        FieldPath cursor = chosen.orderedBy(schema);
        return new WriteMode(
                chosen.mode().write(),
                renamed(chosen.key(), mapping),
                cursor == null ? null : renamed(cursor, mapping));
    }

    /** The key by the names that the mappers give; empty if a part of it is gone. */
    static List<FieldPath> renamed(List<FieldPath> key, Mapping mapping) {
        if (mapping.isEmpty()) {
            return key;
        }
        List<FieldPath> renamed = new ArrayList<>();
        for (FieldPath path : key) {
            FieldPath now = renamed(path, mapping);
            if (now == null) {
                return List.of();
            }
            renamed.add(now);
        }
        return renamed;
    }

    private static @Nullable FieldPath renamed(FieldPath path, Mapping mapping) {
        if (mapping.isEmpty()) {
            return path;
        }
        String name = mapping.renamed(path.column());
        return name == null ? null : FieldPath.of(name);
    }

    /**
     * The mapping as the run needs it. A row that does not pass the filter may be at the destination from a time when it
     * did: then it goes on as a delete. It cannot be there if the table begins empty and the source has each key once.
     */
    static Mapping settled(Mapping mapping, ModeSettings chosen, TargetPlan preview, DestinationTraits traits) {
        if (!mapping.filters() || !chosen.mode().write().dedups()) {
            return mapping;
        }
        CatalogStream stream = chosen.stream();
        boolean once = !stream.primaryKey().isEmpty()
                && new HashSet<>(stream.primaryKey()).equals(new HashSet<>(chosen.key()));
        if (once && preview.action() != TargetPlan.Action.EXTEND) {
            return mapping;
        }
        if (!traits.operations()) {
            throw Problem.of(
                            "E_FILTER_DELETES",
                            ProblemKind.CONFIG,
                            "rows that no longer pass the filter could not be deleted at the destination")
                    .at(stream.id().toString())
                    .because("it cannot delete single rows, so they would stay")
                    .fix("copy the stream whole at each run: `mode: full_refresh_overwrite`")
                    .exception();
        }
        return mapping.removing();
    }

    /** What a person should know: rows that are there went through other mappers. */
    static List<String> notes(Mapping mapping, @Nullable String remembered, ModeSettings chosen) {
        boolean replaced = chosen.mode().write().overwrites();
        if (replaced || remembered == null || remembered.equals(MappingMark.of(mapping))) {
            return List.of();
        }
        return List.of("its mappers are not those of the last run, and rows that are there stay as they are; `sluice"
                + " refresh --stream " + chosen.stream().id() + "` copies them anew");
    }
}
