// Stands in for what the server could do and does not do in tests: telemetry, and keeping its content in databases.
module.exports = {};
