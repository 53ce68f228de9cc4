package dev.sluice.cdk.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An option of a connector, declared once as a constant. Immutable; the methods that refine it return a new one.
 *
 * @param <T> the type of its value in {@link Settings}
 */
public final class Option<T> {
    private final String name;
    private final String title;
    private final OptionKind kind;
    private final Class<T> type;
    private final Details<T> details;

    /** What may be left out of a declaration. */
    private record Details<T>(
            String description, boolean required, @Nullable T fallback, List<Object> examples) {}

    private Option(String name, String title, OptionKind kind, Class<T> type, Details<T> details) {
        this.name = Objects.requireNonNull(name);
        this.title = Objects.requireNonNull(title);
        this.kind = kind;
        this.type = type;
        this.details = details;
    }

    private static <T> Option<T> of(String name, String title, OptionKind kind, Class<T> type) {
        return new Option<>(name, title, kind, type, new Details<>("", false, null, List.of()));
    }

    /** An option that takes text. */
    public static Option<String> text(String name, String title) {
        return of(name, title, new OptionKind.Text("", false, false, false), String.class);
    }

    /** An option that takes text which nobody may see again. */
    public static Option<String> secret(String name, String title) {
        return of(name, title, new OptionKind.Text("", false, true, false), String.class);
    }

    /** An option that takes text of several lines which nobody may see again, such as a private key. */
    public static Option<String> secretLines(String name, String title) {
        return of(name, title, new OptionKind.Text("", true, true, false), String.class);
    }

    /**
     * An option that takes a place in the file system, or an address such as {@code https://...}. Its schema says {@code
     * "format": "path"}; by that the host resolves a relative path against the directory of the project file, so that the
     * connector needs no base directory.
     */
    public static Option<String> path(String name, String title) {
        return of(name, title, new OptionKind.Text("", false, false, true), String.class);
    }

    /** An option that takes a whole number from {@code least} to {@code most}. */
    public static Option<Long> whole(String name, String title, long least, long most) {
        return of(name, title, new OptionKind.Whole(least, most), Long.class);
    }

    /** An option that is true or false. */
    public static Option<Boolean> truth(String name, String title) {
        return of(name, title, new OptionKind.Truth(), Boolean.class);
    }

    /** An option that takes one of some texts. */
    public static Option<String> oneOf(String name, String title, List<String> values) {
        return of(name, title, new OptionKind.OneText(values), String.class);
    }

    /** An option that takes a list of texts; a single text counts as a list of one. */
    @SuppressWarnings("unchecked") // the reader puts lists of texts only
    public static Option<List<String>> texts(String name, String title) {
        return of(name, title, new OptionKind.Texts(), (Class<List<String>>) (Class<?>) List.class);
    }

    /** An option that takes texts by names which the user chooses. The order is kept. */
    public static Option<Map<String, String>> namedTexts(String name, String title) {
        return namedTexts(name, title, new OptionKind.NamedTexts(false));
    }

    /** An option that takes places in the file system, as {@link #path} does, by names which the user chooses. */
    public static Option<Map<String, String>> namedPaths(String name, String title) {
        return namedTexts(name, title, new OptionKind.NamedTexts(true));
    }

    @SuppressWarnings("unchecked") // the reader puts maps of texts only
    private static Option<Map<String, String>> namedTexts(String name, String title, OptionKind kind) {
        return of(name, title, kind, (Class<Map<String, String>>) (Class<?>) Map.class);
    }

    /**
     * An option that takes one of some groups of options.
     *
     * @param discriminator the option inside the group whose text tells which group it is
     * @param groups the options of each group by that text
     */
    public static Option<Settings> oneGroup(
            String name, String title, String discriminator, Map<String, ConfigSpec> groups) {
        return of(name, title, new OptionKind.OneGroup(discriminator, new LinkedHashMap<>(groups)), Settings.class);
    }

    /** The same option with an explanation for people. */
    public Option<T> describedAs(String description) {
        return with(kind, new Details<>(description, details.required, details.fallback, details.examples));
    }

    /** The same option, which must be given. */
    public Option<T> required() {
        return with(kind, new Details<>(details.description, true, details.fallback, details.examples));
    }

    /** The same option, which has this value when it is not given. */
    public Option<T> defaultsTo(T value) {
        return with(kind, new Details<>(details.description, details.required, value, details.examples));
    }

    /** The same option with examples for people. */
    public Option<T> examples(Object... examples) {
        return with(kind, new Details<>(details.description, details.required, details.fallback, List.of(examples)));
    }

    /** The same text option, whose value must match a regular expression as a whole. */
    public Option<T> matching(String pattern) {
        if (!(kind instanceof OptionKind.Text text)) {
            throw new IllegalStateException("only text has a pattern: " + name);
        }
        return with(new OptionKind.Text(pattern, text.multiline(), text.secret(), text.path()), details);
    }

    /** The name in a configuration. */
    public String name() {
        return name;
    }

    String title() {
        return title;
    }

    OptionKind kind() {
        return kind;
    }

    Class<T> type() {
        return type;
    }

    String description() {
        return details.description;
    }

    boolean isRequired() {
        return details.required;
    }

    @Nullable
    T fallback() {
        return details.fallback;
    }

    List<Object> examples() {
        return details.examples;
    }

    private Option<T> with(OptionKind otherKind, Details<T> otherDetails) {
        return new Option<>(name, title, otherKind, type, otherDetails);
    }
}
