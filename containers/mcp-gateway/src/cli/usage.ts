export const USAGE = `mcp-gateway: serves the tools of a manifest over MCP, and nothing else.

usage: mcp-gateway COMMAND [OPTION]...

  serve           serve HTTP (the image's default command)
                    --open-metrics     /metrics asks for no token although http.host is not loopback
                    --grace SECONDS    how long calls may run after SIGTERM or SIGINT (default 8)
  stdio           serve one client over standard input and output
                    --client NAME      required if the manifest has several clients
                    --grace SECONDS    how long calls may run after the end of the input (default 0.7)
  bridge          pass standard input and output on to a gateway: mcp-gateway bridge --help
  audit verify    check the hash chain of an audit log: mcp-gateway audit --help
  explain TOOL    whether a call is allowed, and by which rule
                    --args JSON        its arguments (default {})
                    --client NAME      the client (default: every client)
                    --workspace DIR    a folder to use instead of the manifest's
  replay FILE...  the calls of an audit log that the manifest would decide differently
                    --was MANIFEST     the manifest they were recorded under, for fewer unknown results
                    --workspace DIR

  --health-check  check everything a start needs, list the tools and end
                    --url URL          ask the gateway that runs at URL instead
                    --timeout MS       give up after (default 2500)
  --version, --help

Every command takes
  --manifest FILE  the tool manifest (default: MCP_GATEWAY_MANIFEST, or /etc/mcp-gateway/manifest.json)
  --log-level L    debug, info, warn, error or silent (default info); logs are JSON lines on standard error
  --json           explain, replay and --health-check: for a machine

Exit codes: 0 success, allowed, healthy, same decisions; 1 refused, denied, unhealthy, other decisions; 2 usage error.
`;
