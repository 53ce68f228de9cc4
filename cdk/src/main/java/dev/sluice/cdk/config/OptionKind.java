package dev.sluice.cdk.config;

import java.util.List;
import java.util.Map;

/** What values an option takes. */
sealed interface OptionKind {

    /**
     * Text; the pattern is a regular expression that the whole text must match, or empty. A path is a place in the file
     * system, which the host resolves against the directory of the project file before the connector sees it.
     */
    record Text(String pattern, boolean multiline, boolean secret, boolean path) implements OptionKind {}

    /** A whole number between two bounds, both included. */
    record Whole(long least, long most) implements OptionKind {}

    /** True or false. */
    record Truth() implements OptionKind {}

    /** One of some texts. */
    record OneText(List<String> values) implements OptionKind {
        public OneText {
            values = List.copyOf(values);
        }
    }

    /** A list of texts. */
    record Texts() implements OptionKind {}

    /** Texts by names that the user chooses; paths if the texts are places in the file system. */
    record NamedTexts(boolean paths) implements OptionKind {}

    /** One of some groups of options, told apart by the text in a discriminating option. */
    record OneGroup(String discriminator, Map<String, ConfigSpec> groups) implements OptionKind {}
}
