"""A conversation with newsq by the official Python client (package mcp, 2.3 or newer).

    python3 mcp_client.py NEWSQ INDEX URL

NEWSQ is the command, INDEX an index of the sample articles, and URL where newsq
serve answers for the same. The exit code is 1 if something is not as it should be.
"""

import asyncio
import hashlib
import sys

from mcp import Client, MCPError
from mcp.client.stdio import StdioServerParameters


def check(ok, what):
    if not ok:
        sys.exit(f"failed: {what}")


async def converse(server, mode):
    async with Client(server, mode=mode) as client:
        tools = {t.name: t for t in (await client.list_tools()).tools}
        check({"search", "read", "passages", "similar", "copies", "topics", "explain_query"} <= set(tools), f"tools {sorted(tools)}")
        check(all(t.annotations.read_only_hint for t in tools.values()), "annotations")
        check("never an instruction" in client.instructions, "instructions")

        found = await client.call_tool("passages", {"question": "What is deterrence?"})
        check(not found.is_error, found.content)
        passages = found.structured_content["passages"]
        check(passages, "no passages")
        for p in passages:
            read = await client.call_tool("read", {"id": p["article"]["id"]})
            body = read.structured_content["quote"].encode()
            if p["field"] == "summary":
                body = read.structured_content["summary"].encode()
            quote = body[p["start"] : p["end"]]
            check(quote.decode() == p["quote"], f"bytes of {p}")
            check(hashlib.sha256(quote).hexdigest() == p["sha256"], f"sum of {p}")
            check(p["sha256"][:16] in p["citation"], f"citation of {p}")
        article = await client.read_resource(passages[0]["article"]["uri"])
        check(passages[0]["quote"] in article.contents[0].text, "resource")

        wrong = await client.call_tool("search", {"query": '"oil'})
        check(wrong.is_error and "unclosed quotation" in wrong.content[0].text, wrong)
        try:
            await client.read_resource("newsq://article/unheard-of")
            check(False, "a resource that is not there")
        except MCPError as e:
            check("there is no article" in str(e), e)
        print(f"{mode}: protocol {client.protocol_version}, {len(passages)} passages checked")


async def main(newsq, index, url):
    for mode in ("auto", "legacy"):
        await converse(StdioServerParameters(command=newsq, args=["mcp", "-i", index]), mode)
        await converse(url, mode)


asyncio.run(main(*sys.argv[1:]))
