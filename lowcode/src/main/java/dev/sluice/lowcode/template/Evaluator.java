package dev.sluice.lowcode.template;

import dev.sluice.lowcode.value.Fault;
import dev.sluice.lowcode.value.None;
import dev.sluice.lowcode.value.Tuple;
import dev.sluice.lowcode.value.Undefined;
import dev.sluice.lowcode.value.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One evaluation of a template. */
final class Evaluator {
    private static final int MOST_LOOPS = 1_000_000;

    private final Scope scope;
    private final Macros macros;
    private final Allowance allowance = new Allowance();
    private final StringBuilder out = new StringBuilder();
    private Locals locals = new Locals(null);

    /** The variables that a template itself makes, block by block. */
    private static final class Locals {
        private final @Nullable Locals outer;
        private final Map<String, Object> values = new LinkedHashMap<>();

        Locals(@Nullable Locals outer) {
            this.outer = outer;
        }

        @Nullable
        Object find(String name) {
            Object found = values.get(name);
            return found != null || outer == null ? found : outer.find(name);
        }
    }

    Evaluator(Scope scope, Macros macros) {
        this.scope = scope;
        this.macros = macros;
    }

    /** The text that a template writes. */
    String render(Node template) {
        run(template);
        return out.toString();
    }

    private void run(Node node) {
        allowance.step();
        switch (node) {
            case Node.Text(String text) -> out.append(text);
            case Node.Block(List<Node> parts) -> parts.forEach(this::run);
            case Node.If branch -> branch(branch);
            case Node.For loop -> loop(loop);
            case Node.Assign assign -> assign(assign);
            case Node.Capture(String target, Node body) -> locals.values.put(target, captured(body));
            case Node.With with -> with(with);
            default -> allowance.made(out.append(Values.str(value(node))));
        }
    }

    private String captured(Node body) {
        int from = out.length();
        run(body);
        String text = out.substring(from);
        out.setLength(from);
        return text;
    }

    private void branch(Node.If branch) {
        for (int i = 0; i < branch.tests().size(); i++) {
            if (Values.truthy(value(branch.tests().get(i)))) {
                run(branch.blocks().get(i));
                return;
            }
        }
        run(branch.otherwise());
    }

    private void loop(Node.For loop) {
        List<Object> items = new ArrayList<>();
        for (Object item : Values.items(value(loop.over()))) {
            inside(() -> {
                bind(loop.targets(), item);
                if (loop.filter() == null || Values.truthy(value(loop.filter()))) {
                    items.add(item);
                }
            });
        }
        if (items.size() > MOST_LOOPS) {
            throw Fault.limit("a loop of more than " + MOST_LOOPS + " rounds");
        }
        for (int i = 0; i < items.size(); i++) {
            int round = i;
            inside(() -> {
                bind(loop.targets(), items.get(round));
                locals.values.put("loop", facts(items, round));
                run(loop.body());
            });
        }
        if (items.isEmpty()) {
            run(loop.otherwise());
        }
    }

    private static Map<Object, Object> facts(List<Object> items, int round) {
        Map<Object, Object> facts = new LinkedHashMap<>();
        facts.put("index", round + 1L);
        facts.put("index0", (long) round);
        facts.put("first", round == 0);
        facts.put("last", round == items.size() - 1);
        facts.put("length", (long) items.size());
        facts.put("revindex", (long) items.size() - round);
        facts.put("revindex0", (long) items.size() - round - 1);
        return facts;
    }

    private void inside(Runnable work) {
        Locals outer = locals;
        locals = new Locals(outer);
        try {
            work.run();
        } finally {
            locals = outer;
        }
    }

    private void bind(List<String> targets, Object value) {
        if (targets.size() == 1) {
            locals.values.put(targets.getFirst(), value);
            return;
        }
        List<Object> items = Values.items(value);
        if (items.size() != targets.size()) {
            throw Fault.value(targets.size() + " names for " + items.size() + " values");
        }
        for (int i = 0; i < items.size(); i++) {
            locals.values.put(targets.get(i), items.get(i));
        }
    }

    private void assign(Node.Assign assign) {
        Object value = value(assign.value());
        String member = assign.member();
        if (member == null) {
            bind(assign.targets(), value);
        } else if (variable(assign.targets().getFirst()) instanceof Namespace namespace) {
            namespace.values().put(member, value);
        } else {
            throw Fault.type("only a namespace takes new members");
        }
    }

    private void with(Node.With with) {
        List<Object> values = with.values().stream().map(this::value).toList();
        inside(() -> {
            for (int i = 0; i < values.size(); i++) {
                locals.values.put(with.targets().get(i), values.get(i));
            }
            run(with.body());
        });
    }

    /** What an expression makes. */
    Object value(Node node) {
        allowance.step();
        return switch (node) {
            case Node.Constant(Object constant) -> constant;
            case Node.Name(String name) -> variable(name);
            case Node.ListOf(List<Node> items) -> all(items);
            case Node.TupleOf(List<Node> items) -> new Tuple(all(items));
            case Node.MapOf map -> map(map);
            case Node.Attribute(Node of, String name) -> attribute(value(of), name);
            case Node.Item(Node of, Node key) -> item(value(of), value(key));
            case Node.Slice slice ->
                Operators.slice(value(slice.of()), orNone(slice.from()), orNone(slice.to()), orNone(slice.step()));
            case Node.Call call -> call(call);
            case Node.Filter filter -> filter(filter);
            case Node.Test test -> Tests.holds(test.name(), value(test.of()), all(test.arguments()));
            case Node.Sign(boolean minus, Node of) -> Operators.sign(minus, value(of));
            case Node.Not(Node of) -> !Values.truthy(value(of));
            case Node.Logic(boolean and, Node left, Node right) -> {
                Object first = value(left);
                yield Values.truthy(first) == and ? value(right) : first;
            }
            case Node.Binary(String operator, Node left, Node right) ->
                Operators.binary(operator, value(left), value(right), allowance);
            case Node.Concat(List<Node> parts) -> {
                StringBuilder text = new StringBuilder();
                parts.forEach(part -> allowance.made(text.append(Values.str(value(part)))));
                yield text.toString();
            }
            case Node.Compare compare -> compare(compare);
            case Node.Conditional(Node then, Node test, Node otherwise) ->
                Values.truthy(value(test))
                        ? value(then)
                        : otherwise == null ? new Undefined("the value of an if without else") : value(otherwise);
            case Node.Text ignored -> throw misplaced();
            case Node.Block ignored -> throw misplaced();
            case Node.If ignored -> throw misplaced();
            case Node.For ignored -> throw misplaced();
            case Node.Assign ignored -> throw misplaced();
            case Node.Capture ignored -> throw misplaced();
            case Node.With ignored -> throw misplaced();
        };
    }

    private static Fault misplaced() {
        return Fault.value("a statement is no value");
    }

    private Object orNone(@Nullable Node node) {
        return node == null ? None.NONE : value(node);
    }

    private List<Object> all(List<Node> nodes) {
        List<Object> values = new ArrayList<>(nodes.size());
        nodes.forEach(node -> values.add(value(node)));
        return values;
    }

    private Map<Object, Object> map(Node.MapOf nodes) {
        Map<Object, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < nodes.keys().size(); i++) {
            map.put(value(nodes.keys().get(i)), value(nodes.values().get(i)));
        }
        return map;
    }

    private Object variable(String name) {
        Object local = locals.find(name);
        if (local != null) {
            return local;
        }
        Object given = scope.find(name);
        if (given != null) {
            return given;
        }
        Object global = macros.find(name);
        return global == null ? new Undefined("'" + name + "'") : global;
    }

    private Object attribute(Object of, String name) {
        Values.requireDefined(of);
        Object found = Methods.attribute(of, name, allowance);
        if (found == null) {
            found = Methods.item(of, name);
        }
        return found == null ? new Undefined("'" + name + "'") : found;
    }

    private Object item(Object of, Object key) {
        Values.requireDefined(of);
        Object found = key instanceof Undefined ? null : Methods.item(of, key);
        if (found == null && key instanceof String name) {
            found = Methods.attribute(of, name, allowance);
        }
        return found == null ? new Undefined(key instanceof String name ? "'" + name + "'" : "an element") : found;
    }

    private Object call(Node.Call call) {
        Object of = Values.requireDefined(value(call.of()));
        if (!(of instanceof Callable callable)) {
            throw Fault.type("a " + Values.typeName(of) + " cannot be called");
        }
        return callable.call(arguments(call.arguments(), call.named()));
    }

    private Arguments arguments(List<Node> positional, Map<String, Node> named) {
        Map<String, Object> values = new LinkedHashMap<>();
        named.forEach((name, node) -> values.put(name, value(node)));
        return new Arguments(all(positional), values);
    }

    private Object filter(Node.Filter filter) {
        Arguments arguments = arguments(filter.arguments(), filter.named());
        return new Filters(allowance).apply(filter.name(), value(filter.of()), arguments);
    }

    private boolean compare(Node.Compare compare) {
        Object left = value(compare.first());
        for (int i = 0; i < compare.operators().size(); i++) {
            Object right = value(compare.others().get(i));
            if (!Operators.compare(compare.operators().get(i), left, right)) {
                return false;
            }
            left = right;
        }
        return true;
    }
}
