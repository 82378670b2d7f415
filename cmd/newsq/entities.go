package main

import (
	"context"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/internal/render"
)

// entitiesOptions are the flags of entities.
type entitiesOptions struct {
	kinds []string
	limit int
	json  bool
}

// defaultEntities is how many names of each kind are listed.
const defaultEntities = 20

func (a *app) entitiesCommand() *cobra.Command {
	var o entitiesOptions
	cmd := &cobra.Command{
		Use:   "entities [flags] [QUERY]",
		Short: "List people, organizations and places, and how many articles name each",
		Long: `List the people, organizations and places of the articles, or of those that
match QUERY, with how many articles name each: those that articles came with,
and those that were found in their texts, which  newsq index --entities  asks
for. To find the articles of one:  newsq search person:"angela merkel"`,
		Example: `  newsq entities
  newsq entities sanctions --kind person
  newsq entities -n 100 --json`,
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.entities(cmd.Context(), strings.Join(args, " "), &o)
		},
	}
	f := cmd.Flags()
	f.StringSliceVar(&o.kinds, "kind", a.cfg.Kind, "only these `kinds`: person, org, place; repeat for more")
	f.IntVarP(&o.limit, "limit", "n", defaultEntities, "names of each kind; 0 for all")
	f.BoolVar(&o.json, "json", a.cfg.JSON, "print one JSON object")
	a.addEmbargoFlag(f)
	completeFlag(cmd, "kind", index.FacetPerson, index.FacetOrg, index.FacetPlace)
	return cmd
}

// entities lists the entities of the articles that match a query.
func (a *app) entities(ctx context.Context, query string, o *entitiesOptions) error {
	kinds, err := entityKinds(o.kinds)
	if err != nil {
		return err
	}
	if o.limit < 0 {
		return usageError("", "--limit must not be negative")
	}
	ix, err := a.openIndex(ctx)
	if err != nil {
		return err
	}
	defer ix.Close()
	limit := o.limit
	if limit == 0 {
		limit = -1
	}
	res, err := ix.Search(ctx, index.Query{
		Text: query, Location: a.zone, Match: index.MatchStrict, Facets: kinds, FacetLimit: limit, Limit: -1, Passages: -1,
	})
	if err != nil {
		return a.searchError(err)
	}
	if o.json {
		err = render.EntitiesJSON(a.stdout, query, res.Total, res.Facets)
	} else {
		err = a.printPaged(func(w io.Writer, opt render.Options) error { return render.Entities(w, res.Facets, opt) })
	}
	if err != nil {
		return err
	}
	for i := range res.Facets {
		if len(res.Facets[i].Values) > 0 {
			return nil
		}
	}
	if !o.json {
		a.noEntities(ix, query, res.Total)
	}
	return exitStatus(exitNoMatch)
}

// noEntities says why nothing is listed.
func (a *app) noEntities(ix *index.Index, query string, articles int) {
	a.logger(a.stderr).Info(render.NoEntities(query, articles))
	if on, err := ix.HasEntities(); err == nil && !on && articles > 0 {
		a.logger(a.stderr).Info("names in texts are found after:  " + a.programName() + " index" + a.indexFlag() + " --entities PATH")
	}
}

// entityKinds returns the facets of kinds, all of them for none.
func entityKinds(kinds []string) ([]string, error) {
	if len(kinds) == 0 {
		return []string{index.FacetPerson, index.FacetOrg, index.FacetPlace}, nil
	}
	var facets []string
	for _, k := range kinds {
		switch strings.ToLower(strings.TrimSpace(k)) {
		case "person", "people", "persons":
			facets = append(facets, index.FacetPerson)
		case "org", "orgs", "organization", "organizations":
			facets = append(facets, index.FacetOrg)
		case "place", "places":
			facets = append(facets, index.FacetPlace)
		default:
			return nil, usageError("such as:  --kind person", "there is no kind %q; there are person, org and place", k)
		}
	}
	return facets, nil
}
