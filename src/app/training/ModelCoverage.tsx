import { changeRecipe } from '../actions/prepare';
import { Button } from '../components/Button';
import { useMessages } from '../messages';
import { useProject } from '../store/project';

/** Whether the base model knows these texts: why it was chosen, or what another one would do better. */
export function ModelCoverage() {
  const words = useMessages().models;
  const { recipe, defaultRecipe, texts, ownership } = useProject();
  if (!recipe || !texts) return null;
  const { better, worse, unknownTokenShare } = texts;
  const own = { baseModel: recipe.baseModel, unknownTokenShare };
  if (unknownTokenShare > 0.05) {
    return (
      <>
        <p className="small muted break">{words.unknown(own, better)}</p>
        {better && (
          <div>
            <Button disabled={ownership !== 'owner'} onClick={() => changeRecipe((before) => ({ ...before, baseModel: better.baseModel }))}>
              {words.take(better.baseModel)}
            </Button>
          </div>
        )}
      </>
    );
  }
  // Who chose a model by hand knows why.
  const proposed = defaultRecipe?.baseModel === recipe.baseModel;
  return proposed && worse ? <p className="small muted break">{words.why(own, worse)}</p> : null;
}
