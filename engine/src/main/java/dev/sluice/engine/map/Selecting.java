package dev.sluice.engine.map;

import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import java.util.ArrayList;
import java.util.List;

/** Documents of which only the chosen paths are left. */
record Selecting(PathTree paths) implements ReplaceStep.Kind {
    static Step of(MapperSpec.Select spec, Schema before, Roles roles) {
        int index = MapperProblems.require(before, spec.field(), "select from");
        MapperProblems.requireNoRole(roles, spec.field(), "cut");
        PathTree paths = PathTree.of(spec.paths());
        Field after = new Field(spec.field(), cut(before.field(index).type(), paths, spec.field()));
        return ReplaceStep.of(index, after, new Selecting(paths), before);
    }

    /** The type of what is left. */
    private static DataType cut(DataType type, PathTree paths, String where) {
        if (paths.isWhole()) {
            return type;
        }
        return switch (type) {
            case DataType.JsonType json -> json;
            case DataType.ArrayType(DataType element) -> new DataType.ArrayType(cut(element, paths, where));
            case DataType.ObjectType object -> {
                if (object.fields().isEmpty()) {
                    yield object;
                }
                List<Field> fields = new ArrayList<>();
                for (Field field : object.fields()) {
                    PathTree inner = paths.child(field.name());
                    if (inner != null) {
                        fields.add(new Field(field.name(), cut(field.type(), inner, where + "." + field.name())));
                    }
                }
                requireAll(object, paths, where);
                yield new DataType.ObjectType(fields);
            }
            default ->
                throw MapperProblems.invalid("the field " + where + " has no fields inside, it is a " + type.notation())
                        .fix("select only of documents: json, objects and lists of them")
                        .exception();
        };
    }

    private static void requireAll(DataType.ObjectType object, PathTree paths, String where) {
        List<String> names = object.fields().stream().map(Field::name).toList();
        for (String name : paths.names()) {
            if (!names.contains(name)) {
                throw Problem.of("E_FIELD_NOT_FOUND", ProblemKind.CONFIG, "there is no field " + name + " in " + where)
                        .because("its fields are " + String.join(", ", names))
                        .exception();
            }
        }
    }

    @Override
    public ReplaceStep.Maker maker() {
        JsonCut cut = new JsonCut();
        return (value, from, length, to) -> {
            switch (cut.cut(value, from, from + length, paths)) {
                case CUT -> to.append(cut.result(), 0, cut.resultLength());
                case NOTHING -> to.appendNull();
                case INVALID -> throw new ReplaceStep.Impossible("INVALID_JSON", "the value is no JSON document");
            }
        };
    }
}
