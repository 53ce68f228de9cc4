package dev.sluice.bench.result;

/**
 * What one run of a program took.
 *
 * @param wallSeconds from its start to its end
 * @param cpuSeconds user and system time of the program and all that it started
 * @param laneCpuSeconds of that, what the threads of Sluice took that read and write; 0 for other programs
 * @param serverCpuSeconds what the PostgreSQL server took meanwhile; 0 without one
 * @param innerSeconds what the program itself says that the work took, without its own start; 0 if it does not say
 * @param peakMemoryMib the most resident memory that one of its processes had
 */
public record Measurement(
        double wallSeconds,
        double cpuSeconds,
        double laneCpuSeconds,
        double serverCpuSeconds,
        double innerSeconds,
        long peakMemoryMib) {}
