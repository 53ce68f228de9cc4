package dev.sluice.testkit.contract;

/** Something that a connector can do. It is expected of every connector that does not declare the gap. */
public sealed interface Trait permits SourceTrait, DestinationTrait {
    /** What is promised, as a clause for messages, such as "an interrupted read goes on". */
    String promise();

    /** The name of the constant. */
    String name();
}
