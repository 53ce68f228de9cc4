package dev.sluice.lowcode.template;

import dev.sluice.lowcode.value.Fault;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A template that was read once and can be evaluated many times, by several threads. */
final class Template {
    private static final int MOST_LENGTH = 200_000;

    private final String text;
    private final Node root;
    private final Set<String> needed;
    private final boolean plain;

    private Template(String text, Node root, Set<String> needed, boolean plain) {
        this.text = text;
        this.root = root;
        this.needed = needed;
        this.plain = plain;
    }

    static Template of(String text) {
        if (text.length() > MOST_LENGTH) {
            throw new TemplateException("the template has more than " + MOST_LENGTH + " characters", MOST_LENGTH);
        }
        if (text.contains("stream_state")) {
            throw new TemplateException(
                    "`stream_state` cannot be used any more; take `stream_interval` for the times of a request",
                    text.indexOf("stream_state"));
        }
        if (!text.contains("{{") && !text.contains("{%") && !text.contains("{#")) {
            return new Template(text, new Node.Text(text), Set.of(), true);
        }
        BlockParser parser = new BlockParser(Lexer.cut(text));
        Node root = parser.template();
        Set<String> needed = new HashSet<>(parser.used());
        needed.removeAll(parser.assigned());
        return new Template(text, root, needed, false);
    }

    String text() {
        return text;
    }

    /** True if it has no marks at all. */
    boolean isPlain() {
        return plain;
    }

    /** The names that it reads and does not set by itself. */
    Set<String> needed() {
        return needed;
    }

    /** The expression that it consists of alone; null if it is anything else. */
    @Nullable
    Node expression() {
        if (root instanceof Node.Block(List<Node> parts) && parts.size() == 1) {
            return switch (parts.getFirst()) {
                case Node.Text _, Node.Block _, Node.If _, Node.For _, Node.Assign _, Node.Capture _, Node.With _ ->
                    null;
                default -> parts.getFirst();
            };
        }
        return null;
    }

    /** What its only expression makes, as it is. */
    Object value(Node expression, Scope scope, Macros macros) {
        return new Evaluator(scope, macros).value(expression);
    }

    String render(Scope scope, Macros macros) {
        if (plain) {
            return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
        }
        for (String name : needed) {
            if (scope.find(name) == null && macros.find(name) == null) {
                throw Fault.value("the variable " + name + " is not known here");
            }
        }
        return new Evaluator(scope, macros).render(root);
    }
}
